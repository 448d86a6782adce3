using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>A pupil's own line through all incidents (C9): their part, never a text, never another pupil.</summary>
public sealed class ChronologyReader(ViewReader views)
{
    /// <summary>Newest first. Null: no such pupil, or not for this reader.</summary>
    public async Task<Result<Page<IncidentPupilView>>?> PageAsync(Reader who, PupilId pupil, PageRequest page, CancellationToken ct)
    {
        if (!Sight.Incidents(who) || await views.FindAsync<PupilView>(who, PupilTables.Pupil, pupil.ToString(), ct) is null)
        {
            return null;
        }

        var args = new Dictionary<string, object?> { ["pupil"] = pupil.ToString() };
        return Listing.Bodies(await views.PageAsync<IncidentPupilView>(who, IncidentTables.IncidentPupil, "pupil = @pupil", args, new KeysetOrder(("at", true)), page, ct));
    }
}
