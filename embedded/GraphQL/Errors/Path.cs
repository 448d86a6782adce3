using System.Globalization;
using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>Where in the response: names and list indexes, from the root.</summary>
public sealed class Path
{
    private Path(Path? parent, object? segment) => (Parent, Segment) = (parent ?? this, segment);

    public static Path Root { get; } = new(null, null);

    public Path Parent { get; }

    public bool IsRoot => Segment is null;

    public int Length => IsRoot ? 0 : Parent.Length + 1;

    internal object? Segment { get; }

    public Path Append(string name) => new(this, name);

    public Path Append(int index) => new(this, index);

    /// <summary>Strings and integers, from the root.</summary>
    public IReadOnlyList<object> ToList()
    {
        var list = new List<object>();
        for (var p = this; !p.IsRoot; p = p.Parent)
        {
            list.Add(p.Segment!);
        }

        list.Reverse();
        return list;
    }

    public string Print()
    {
        var text = new StringBuilder();
        foreach (var segment in ToList())
        {
            _ = segment is int i ? text.Append(CultureInfo.InvariantCulture, $"[{i}]") : text.Append('/').Append(segment);
        }

        return text.Length == 0 ? "/" : text.ToString();
    }

    public override string ToString() => Print();
}
