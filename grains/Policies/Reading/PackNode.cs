namespace OnlineSafetyTrust.Grains.Policies.Reading;

/// <summary>A place in a pack's file: line and column from 1, and the path of property names that leads there.</summary>
internal abstract record PackNode(long Line, long Column, string Path);

internal sealed record PackScalar(long Line, long Column, string Path, string Value, bool IsPlain) : PackNode(Line, Column, Path)
{
    public bool IsEmpty => IsPlain && Value is "" or "~" or "null";
}

internal sealed record PackList(long Line, long Column, string Path, IReadOnlyList<PackNode> Items) : PackNode(Line, Column, Path);

internal sealed record PackMap(long Line, long Column, string Path, IReadOnlyList<(PackScalar Key, PackNode Value)> Entries) : PackNode(Line, Column, Path)
{
    public PackNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key.Value == key)
                {
                    return entry.Value;
                }
            }

            return null;
        }
    }

    public string? Text(string key) => (this[key] as PackScalar)?.Value;

    public IEnumerable<PackMap> Maps(string key) => (this[key] as PackList)?.Items.OfType<PackMap>() ?? [];

    /// <summary>A list of words, or a single word that stands for a list of one.</summary>
    public IEnumerable<PackScalar> Words(string key) => this[key] switch
    {
        PackScalar { IsEmpty: false } one => [one],
        PackList list => list.Items.OfType<PackScalar>(),
        _ => [],
    };
}
