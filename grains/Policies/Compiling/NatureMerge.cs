using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies.Compiling;

/// <summary>Every policy can name illegal material and nudes among under-18s, and their rows lead to a guarded path.</summary>
internal static class NatureMerge
{
    public static (IReadOnlyList<Nature> Natures, IReadOnlyList<ResponseRow> Rows) Merge(PolicyPack pack, PolicyPack floor, List<PolicyOverride> overrides)
    {
        var natures = pack.Natures.ToList();
        var rows = pack.Responses.Select((row, i) => WithPath(row, i, pack, overrides)).ToList();
        foreach (var lacking in floor.Natures.Where(f => !pack.Natures.Any(n => PathOf(n) == PathOf(f))))
        {
            var nature = lacking with { Id = Free(lacking.Id, natures) };
            natures.Add(nature);
            rows.Add(new ResponseRow(nature.Id, [], [], PathOf(nature), nature.Source));
            overrides.Add(new PolicyOverride(OverrideKind.Added, $"natures.{nature.Id}", null, nature.Title, nature.Source));
        }

        return (natures, rows);
    }

    public static GuardedPath? PathOf(Nature nature) =>
        nature.Illegal ? GuardedPath.IllegalMaterial : nature.NudesAmongUnder18 ? GuardedPath.NudesAmongUnder18 : null;

    private static ResponseRow WithPath(ResponseRow row, int index, PolicyPack pack, List<PolicyOverride> overrides)
    {
        var path = pack.Natures.FirstOrDefault(n => n.Id == row.Nature) is { } nature ? PathOf(nature) : null;
        if (path is null || row.Path == path)
        {
            return row;
        }

        overrides.Add(new PolicyOverride(OverrideKind.Added, $"responses.{index}.path", row.Path?.ToString(), path.ToString()!, null));
        return row with { Path = path };
    }

    private static string Free(string id, List<Nature> taken) => taken.Any(n => n.Id == id) ? $"{id}-statutory" : id;
}
