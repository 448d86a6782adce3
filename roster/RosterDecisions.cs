namespace OnlineSafetyTrust.Roster;

/// <summary>A person's decisions as the dry run asks for them.</summary>
public static class RosterDecisions
{
    /// <param name="same"><c>SOURCE-ID=PUPIL-ID</c>, one for each row that is a known pupil.</param>
    /// <param name="fresh"><c>SOURCE-ID</c>, one for each row that is a new pupil.</param>
    /// <returns>For <see cref="RosterOptions.Decisions"/>.</returns>
    public static Result<IReadOnlyDictionary<string, PupilId?>> Parse(IEnumerable<string> same, IEnumerable<string> fresh)
    {
        var decisions = new Dictionary<string, PupilId?>(StringComparer.Ordinal);
        var problems = new List<DomainError>();
        foreach (var text in same)
        {
            // The last sign: a source id may hold one, a pupil's id does not.
            var at = text.LastIndexOf('=');
            if (at <= 0 || !Guid.TryParseExact(text[(at + 1)..], "D", out var pupil))
            {
                problems.Add(RosterErrors.SameWrong(text));
            }
            else
            {
                Add(text[..at], new PupilId(pupil));
            }
        }

        foreach (var sourceId in fresh)
        {
            Add(sourceId, null);
        }

        return problems.Count > 0 ? Result<IReadOnlyDictionary<string, PupilId?>>.Failed(problems) : decisions;

        void Add(string sourceId, PupilId? pupil)
        {
            if (!decisions.TryAdd(sourceId, pupil))
            {
                problems.Add(RosterErrors.DecidedTwice(sourceId));
            }
        }
    }
}
