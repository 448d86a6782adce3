using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies;

/// <summary>The packs and floors that come with the product, from <c>policies/</c>.</summary>
public static class ShippedPacks
{
    private const string Prefix = "policies/";

    // Read once: a shipped pack that does not read is a broken build, and a test says so first.
    private static readonly Lazy<IReadOnlyDictionary<string, PolicyPack>> All = new(ReadAll);

    public static IEnumerable<PolicyPack> Schools => All.Value.Values.Where(p => p.Kind == PackKind.School);

    public static IEnumerable<PolicyPack> Floors => All.Value.Values.Where(p => p.Kind == PackKind.Floor);

    public static Result<PolicyPack> Find(string id) =>
        All.Value.TryGetValue(id, out var pack) ? pack : DomainError.NotFound("policy pack");

    /// <summary>The floor of a nation on a day.</summary>
    public static PolicyPack FloorOf(Nation nation, DateOnly day) => FloorYears.On(day, Floors.Where(f => f.Nation == nation));

    /// <summary>The floor that takes the place of the one under a policy; null: it is the newest.</summary>
    internal static PolicyPack? FloorAfter(CompiledPolicy policy) => FloorYears.After(policy.Floor, Floors.Where(f => f.Nation == policy.Policy.Nation));

    /// <summary>The file as shipped, for a school that starts its own policy from it.</summary>
    public static string? Text(string id)
    {
        using var stream = typeof(ShippedPacks).Assembly.GetManifestResourceStream($"{Prefix}{id}.yaml");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    internal static IEnumerable<string> Ids =>
        typeof(ShippedPacks).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => Path.GetFileNameWithoutExtension(n));

    private static Dictionary<string, PolicyPack> ReadAll()
    {
        var packs = new Dictionary<string, PolicyPack>(StringComparer.Ordinal);
        foreach (var id in Ids)
        {
            var read = PackReader.Parse(Text(id)!, $"{id}.yaml");
            packs.Add(id, read.Ok ? read.Value : throw new InvalidOperationException(string.Join(Environment.NewLine, read.Errors.Select(e => e.Message))));
        }

        return packs;
    }
}
