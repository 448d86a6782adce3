using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Roster.Planning;

/// <summary>
/// Which known pupil a row is: by UPN, then by source id where name and date of birth agree, else by a person's decision.
/// Neither merges two records alone: systems give small numbers out again, twins share a birthday, cousins and namesakes a name.
/// </summary>
internal sealed class PupilMatch
{
    private readonly Dictionary<string, List<PupilView>> _byUpn;
    private readonly Dictionary<string, List<PupilView>> _bySource;
    private readonly Dictionary<(string, DateOnly), List<PupilView>> _byBirth;
    private readonly HashSet<PupilId> _taken = [];

    public PupilMatch(IReadOnlyList<PupilView> pupils)
    {
        _byUpn = Index(pupils.SelectMany(p => UpnsOf(p).Select(u => (u, p))));
        _bySource = Index(pupils.Where(p => p.SourceId is not null).Select(p => (p.SourceId!, p)));
        _byBirth = Index(pupils.Where(p => p is { Name: not null, DateOfBirth: not null }).Select(p => ((NameKey(p.Name!), p.DateOfBirth!.Value), p)));
    }

    public Dictionary<RosterPupil, PupilView> Matched { get; } = new(ReferenceEqualityComparer.Instance);

    public List<RosterPupil> Fresh { get; } = [];

    public List<AmbiguousPupil> Ambiguous { get; } = [];

    public List<DomainError> Problems { get; } = [];

    public void Run(IReadOnlyList<RosterPupil> rows, IReadOnlyDictionary<string, PupilId?> decisions)
    {
        // UPNs of the whole bundle first: after a change of MIS its source ids may be another pupil's old ones.
        var rest = rows.Where(r => !ByUpn(r)).ToList();
        rest = [.. rest.Where(r => !BySource(r))];
        foreach (var row in rest)
        {
            Decide(row, decisions);
        }

        var open = rest.Select(r => r.SourceId).ToHashSet(StringComparer.Ordinal);
        Problems.AddRange(decisions.Keys.Where(k => !open.Contains(k)).Select(RosterErrors.DecisionUnknown));
    }

    private bool ByUpn(RosterPupil row) => row.Upn is { } upn && _byUpn.TryGetValue(upn, out var found) && found.Count == 1 && Take(row, found[0]);

    private bool BySource(RosterPupil row) =>
        _bySource.TryGetValue(row.SourceId, out var found) && found.Count == 1 && SamePerson(row, found[0]) && Take(row, found[0]);

    private void Decide(RosterPupil row, IReadOnlyDictionary<string, PupilId?> decisions)
    {
        var (candidates, why) = Candidates(row);
        if (decisions.TryGetValue(row.SourceId, out var decision))
        {
            var chosen = candidates.FirstOrDefault(c => c.Id == decision);
            if (candidates.Count == 0 || (decision is not null && (chosen is null || !Take(row, chosen))))
            {
                Problems.Add(RosterErrors.DecisionUnknown(row.SourceId));
            }
            else if (decision is null)
            {
                Fresh.Add(row);
            }
        }
        else if (candidates.Count == 0)
        {
            Fresh.Add(row);
        }
        else
        {
            Ambiguous.Add(new AmbiguousPupil(row, candidates, why));
        }
    }

    private (List<PupilView> Found, string Why) Candidates(RosterPupil row)
    {
        bool Free(PupilView p) => !_taken.Contains(p.Id);
        if (row.Upn is { } upn && _byUpn.TryGetValue(upn, out var same) && same.Where(Free).ToList() is { Count: > 0 } sameUpn)
        {
            return (sameUpn, "more than one pupil has this UPN");
        }

        if (_bySource.TryGetValue(row.SourceId, out var source) && source.Where(Free).ToList() is { Count: > 0 } sameSource)
        {
            return (sameSource, "same source id, but UPN, name or date of birth differ");
        }

        return row.DateOfBirth is { } born && _byBirth.TryGetValue((NameKey(row.Name), born), out var namesakes) && namesakes.Where(Free).ToList() is { Count: > 0 } sameBirth
            ? (sameBirth, "same name and date of birth")
            : ([], "");
    }

    private bool Take(RosterPupil row, PupilView pupil)
    {
        if (!_taken.Add(pupil.Id))
        {
            return false;
        }

        Matched.Add(row, pupil);
        return true;
    }

    // A pupil whose data was erased matches nobody by source id. A bundle without dates of birth says nothing against one, but two UPNs do.
    private static bool SamePerson(RosterPupil row, PupilView pupil)
    {
        var otherUpn = row.Upn is not null && pupil.Upn is not null && Upn.Normal(pupil.Upn) != row.Upn;
        var born = row.DateOfBirth is null || pupil.DateOfBirth is null ? !otherUpn : pupil.DateOfBirth == row.DateOfBirth;
        return pupil.Name is not null && NameKey(pupil.Name) == NameKey(row.Name) && born;
    }

    private static IEnumerable<string> UpnsOf(PupilView pupil) =>
        (pupil.Identifiers ?? []).Where(i => i.Kind == "former-upn").Select(i => i.Value).Append(pupil.Upn).Where(u => !string.IsNullOrEmpty(u)).Select(u => Upn.Normal(u!)).Distinct(StringComparer.Ordinal);

    private static string NameKey(string name) => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    private static Dictionary<TKey, List<PupilView>> Index<TKey>(IEnumerable<(TKey Key, PupilView Pupil)> pairs) where TKey : notnull =>
        pairs.GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Select(p => p.Pupil).ToList());
}
