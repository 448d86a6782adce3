using System.Collections.Immutable;
using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.GraphQL.Tests.Language;

/// <summary>A document on one line, written from the tree alone, so that tests can say what the tree is.</summary>
internal static class DocumentText
{
    public static string Of(Document document) =>
        string.Join(' ', [.. document.Operations.Select(Of), .. document.Fragments.Select(Of)]);

    public static string Of(ValueNode value) => value switch
    {
        VariableNode v => $"${v.Name}",
        IntValueNode v => v.Text,
        FloatValueNode v => v.Text,
        StringValueNode v => $"\"{v.Value}\"",
        BooleanValueNode v => v.Value ? "true" : "false",
        NullValueNode => "null",
        EnumValueNode v => v.Name,
        ListValueNode v => $"[{string.Join(' ', v.Items.Select(Of))}]",
        ObjectValueNode v => $"{{{string.Join(' ', v.Fields.Select(f => $"{f.Name}: {Of(f.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static string Of(OperationDefinitionNode o) =>
        Words(Description(o.Description), Keyword(o.Kind), o.Name?.Value, Variables(o), Of(o.Directives), Of(o.SelectionSet));

    private static string Of(FragmentDefinitionNode f) =>
        Words(Description(f.Description), "fragment", f.Name.Value, "on", f.TypeCondition.Name, Of(f.Directives), Of(f.SelectionSet));

    private static string Keyword(OperationKind kind) => kind switch
    {
        OperationKind.Query => "query",
        OperationKind.Mutation => "mutation",
        _ => "subscription",
    };

    private static string? Variables(OperationDefinitionNode o) => o.Variables.IsEmpty ? null
        : $"({string.Join(' ', o.Variables.Select(v => Words(Description(v.Description), $"${v.Name}: {v.Type}", v.DefaultValue is { } d ? $"= {Of(d)}" : null, Of(v.Directives))))})";

    private static string Of(SelectionSetNode set) => $"{{ {string.Join(' ', set.Selections.Select(Of))} }}";

    private static string Of(SelectionNode selection) => selection switch
    {
        FieldNode f => Words((f.Alias is null ? "" : f.Alias + ": ") + f.Name + Of(f.Arguments), Of(f.Directives), f.SelectionSet is { } s ? Of(s) : null),
        FragmentSpreadNode f => Words($"...{f.Name}", Of(f.Directives)),
        InlineFragmentNode f => Words("...", f.TypeCondition is { } t ? $"on {t.Name}" : null, Of(f.Directives), Of(f.SelectionSet)),
        _ => throw new ArgumentOutOfRangeException(nameof(selection)),
    };

    private static string? Of(ImmutableArray<DirectiveNode> directives) =>
        directives.IsEmpty ? null : string.Join(' ', directives.Select(d => $"@{d.Name}{Of(d.Arguments)}"));

    private static string Of(ImmutableArray<ArgumentNode> arguments) =>
        arguments.IsEmpty ? "" : $"({string.Join(' ', arguments.Select(a => $"{a.Name}: {Of(a.Value)}"))})";

    private static string? Description(string? text) => text is null ? null : $"'{text}'";

    private static string Words(params string?[] words) => string.Join(' ', words.Where(w => !string.IsNullOrEmpty(w)));
}
