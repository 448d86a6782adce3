using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.GraphQL;

/// <summary>GraphQL's pages from the store's.</summary>
internal static class Connections
{
    /// <summary>Items of a page whose size is left out.</summary>
    public const int DefaultSize = 20;

    /// <summary>More is an error of the field.</summary>
    public const int LargestSize = 100;

    /// <exception cref="GraphQLException">Both directions were asked for.</exception>
    public static PageRequest Page(int? first, string? after, int? last, string? before) =>
        last is null && before is null ? new(first ?? DefaultSize, after)
        : first is null && after is null ? new(Last: last ?? DefaultSize, Before: before)
        : throw new GraphQLException(ErrorBuilder.New().SetMessage("Ask for `first` and `after`, or for `last` and `before`.").SetCode("PAGE_DIRECTION").Build());

    /// <exception cref="GraphQLException">The cursor is damaged.</exception>
    public static Connection<TNode> Of<T, TNode>(Result<Page<T>> page, Func<T, TNode> node)
    {
        var found = Answers.Value(page);
        var edges = found.Items.Select(i => new Edge<TNode>(node(i.Item), i.Cursor)).ToList();
        return new Connection<TNode>(edges, new ConnectionPageInfo(found.HasNext, found.HasPrevious, edges.Count > 0 ? edges[0].Cursor : null, edges.Count > 0 ? edges[^1].Cursor : null));
    }
}

/// <summary>Pages of several lists that were read at once, for the loaders that asked for them.</summary>
internal static class Pages
{
    /// <summary>What went wrong went wrong for each; whose list is not for the reader gets no page.</summary>
    public static void Add<TAsked, TId, T>(Dictionary<TAsked, Result<Page<T>>> pages, IEnumerable<TAsked> asked, Result<Dictionary<TId, Page<T>>> found, Func<TAsked, TId> id)
        where TAsked : notnull
        where TId : notnull
    {
        foreach (var one in asked)
        {
            if (!found.Ok)
            {
                pages[one] = Result<Page<T>>.Failed(found.Errors);
            }
            else if (found.Value.TryGetValue(id(one), out var page))
            {
                pages[one] = page;
            }
        }
    }
}

/// <summary>Results of reads, as queries answer them.</summary>
internal static class Answers
{
    /// <exception cref="GraphQLException">With the code and the sentence of the first error.</exception>
    public static T Value<T>(Result<T> result) => result.Ok ? result.Value : throw Failed(result.Errors[0]);

    /// <summary>Null for what does not exist.</summary>
    public static T? OrNull<T>(Result<T> result)
        where T : class => result.Ok ? result.Value : result.Errors[0].Kind == ErrorKind.NotFound ? null : throw Failed(result.Errors[0]);

    private static GraphQLException Failed(DomainError error) => new(ErrorBuilder.New().SetMessage(error.Message).SetCode(error.Code).Build());
}
