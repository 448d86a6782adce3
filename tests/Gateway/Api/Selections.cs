namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>What can be asked of a type without arguments, written as selections.</summary>
internal static class Selections
{
    /// <summary>Where a way through the schema ends: at a record, whose own fields are asked for by its id, or after so many steps.</summary>
    private const int Deepest = 4;

    /// <summary>The plain fields of a type, and each of the others with what is below it: one at a time, so that none costs too much.</summary>
    public static IEnumerable<string> Of(Shape schema, string type) =>
        type.EndsWith("Connection", StringComparison.Ordinal)
            ? Of(schema, schema.Fields(type).Single(f => f.Name == "nodes").Type.Named).Select(s => $"{{ __typename nodes {s} }}")
            : Members(schema, type, Deepest).Append(Plain(schema, type)).Where(m => m.Length > 0).Select(m => $"{{ __typename {m} }}");

    /// <summary>Each field that holds objects, with what is below it.</summary>
    public static IEnumerable<string> Members(Shape schema, string type, int depth) =>
        schema.Fields(type).Where(f => !IsPlain(f) && f.Bare && f.Name is not ("edges" or "pageInfo")).Select(f => $"{f.Name}{Paged(f)} {Below(schema, f.Type.Named, depth)}");

    /// <summary>The plain fields of a type and what is below the others.</summary>
    public static string All(Shape schema, string type, int depth) => $"{Plain(schema, type)} {string.Join(' ', Members(schema, type, depth))}";

    private static string Below(Shape schema, string type, int depth) =>
        $"{{ __typename {(depth == 0 || schema.IsNode(type) ? Plain(schema, type) : All(schema, type, depth - 1))} }}";

    private static string Plain(Shape schema, string type) => string.Join(' ', schema.Fields(type).Where(f => IsPlain(f) && f.Bare).Select(f => f.Name));

    private static string Paged(FieldShape field) => field.Arguments.Any(a => a.Name == "first") ? "(first: 2)" : "";

    private static bool IsPlain(FieldShape field) => field.Type.Kind is "SCALAR" or "ENUM";
}
