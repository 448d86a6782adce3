using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>In which order a pupil's chronology is listed.</summary>
public enum ChronologyOrder
{
    /// <summary>What happened last first.</summary>
    HappenedAtDesc,

    /// <summary>What happened first first.</summary>
    HappenedAtAsc,
}

/// <summary>A pupil's own line through all incidents (C9): their part, never a text, never another pupil.</summary>
public sealed class ChronologyReader(ViewReader views)
{
    /// <summary>Null: no such pupil, or not for this reader.</summary>
    public async Task<Result<Page<IncidentPupilView>>?> PageAsync(Reader who, PupilId pupil, ChronologyOrder order, PageRequest page, CancellationToken ct)
    {
        if (!Sight.Incidents(who) || await views.FindAsync<PupilView>(who, PupilTables.Pupil, pupil.ToString(), ct) is null)
        {
            return null;
        }

        var args = new Dictionary<string, object?> { ["pupil"] = pupil.ToString() };
        return Listing.Bodies(await views.PageAsync<IncidentPupilView>(
            who, IncidentTables.IncidentPupil, "pupil = @pupil", args, new KeysetOrder(("at", order == ChronologyOrder.HappenedAtDesc)), page, ct));
    }
}
