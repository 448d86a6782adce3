using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>5.2.4: a subscription is to one event stream, which must not depend on variables.</summary>
internal static class SubscriptionRules
{
    public static void Check(ValidationContext context)
    {
        foreach (var operation in context.Document.Operations)
        {
            if (operation.Kind == OperationKind.Subscription)
            {
                Check(context, operation);
            }
        }
    }

    private static void Check(ValidationContext context, OperationDefinitionNode operation)
    {
        var title = operation.Name is { } name ? $"Subscription \"{name.Value}\"" : "Anonymous Subscription";
        var root = new Root();
        root.Collect(context, operation.SelectionSet);
        if (root.Conditions.Count > 0)
        {
            context.Report($"{title} must not use `@skip` or `@include` directives in the top level selection.", [.. root.Conditions]);
            return;
        }

        var key = root.Fields[0].ResponseName;
        var others = root.Fields.Where(f => f.ResponseName != key).ToArray();
        if (others.Length > 0)
        {
            context.Report($"{title} must select only one top level field.", others);
        }

        var introspection = root.Fields.Where(f => f.Name.StartsWith("__", StringComparison.Ordinal)).ToArray();
        if (introspection.Length > 0)
        {
            context.Report($"{title} must not select an introspection top level field.", introspection);
        }
    }

    private sealed class Root
    {
        public List<FieldNode> Fields { get; } = [];

        public List<SyntaxNode> Conditions { get; } = [];

        public void Collect(ValidationContext context, SelectionSetNode set)
        {
            var stamp = context.Index.NextStamp();
            var pending = new Stack<SelectionSetNode>([set]);
            while (pending.TryPop(out var next))
            {
                foreach (var selection in next.Selections)
                {
                    Conditions.AddRange(selection.Directives.Where(d => d.Name is "skip" or "include"));
                    switch (selection)
                    {
                        case FieldNode field:
                            Fields.Add(field);
                            break;
                        case InlineFragmentNode inline:
                            pending.Push(inline.SelectionSet);
                            break;
                        case FragmentSpreadNode spread when context.Index.FindFragment(spread.Name) is { } target && target.Stamp != stamp:
                            target.Stamp = stamp;
                            pending.Push(target.Node.SelectionSet);
                            break;
                    }
                }
            }
        }
    }
}
