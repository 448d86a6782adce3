namespace OnlineSafetyTrust.Gateway.GraphQL;

/// <summary>Keys of global ids. A key that is no UUID becomes the empty one, which no record has: it is answered like any id that does not exist.</summary>
internal static class Ids
{
    public static T Of<T>(string key)
        where T : struct, ITypedId<T> => T.TryParse(key, out var id) ? id : default;

    public static T? Maybe<T>(string? key)
        where T : struct, ITypedId<T> => key is null ? null : Of<T>(key);

    public static IReadOnlyList<T> All<T>(IReadOnlyList<string>? keys)
        where T : struct, ITypedId<T> => [.. (keys ?? []).Select(Of<T>)];
}
