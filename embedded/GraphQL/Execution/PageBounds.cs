namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>Page sizes, checked before the resolver of a connection is called.</summary>
internal static class PageBounds
{
    public static void Check(PlanField field, PagingOptions paging, object?[] arguments)
    {
        var first = Value(field, "first", arguments);
        var last = Value(field, "last", arguments);
        if (first is null && last is null && paging.RequirePagingBoundaries == true)
        {
            throw Error("Set `first` or `last`.", "HC0052");
        }

        Check(first, "first", paging);
        Check(last, "last", paging);
    }

    private static int? Value(PlanField field, string name, object?[] arguments) =>
        field.Definition.FindArgument(name) is { } argument ? arguments[argument.Index] as int? : null;

    private static void Check(int? size, string name, PagingOptions paging)
    {
        if (size < 0)
        {
            throw Error($"`{name}` cannot be negative.", "HC0079");
        }

        if (size > paging.MaxPageSize)
        {
            throw new GraphQLException(ErrorBuilder.New()
                .SetMessage($"The maximum allowed items per page were exceeded.").SetCode("HC0051")
                .SetExtension("requestedItems", size).SetExtension("maxAllowedItems", paging.MaxPageSize).Build());
        }
    }

    private static GraphQLException Error(string message, string code) => new(ErrorBuilder.New().SetMessage(message).SetCode(code).Build());
}
