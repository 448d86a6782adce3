using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>What is decided on a pupil names incidents of that pupil only, or of nobody yet.</summary>
internal static class PupilIncidents
{
    /// <summary>The refusal of the first incident that is not there, is about others only, or forbids the words; null: none. One of another school is not there.</summary>
    /// <param name="field">The input that names them.</param>
    /// <param name="text">What is written with them: on a guarded path without addresses (C4).</param>
    public static async Task<DomainError?> RefusalAsync(
        Func<StreamKey, ValueTask<IncidentState>> fold, TenantId school, PupilId pupil, IEnumerable<IncidentId> incidents, string field, (string Field, string? Words)? text = null)
    {
        foreach (var id in incidents.Distinct())
        {
            var incident = await fold(IncidentKey.Of(school, id));
            if (!incident.Exists)
            {
                return IncidentErrors.NotFound with { Fields = [field] };
            }

            if (incident.People.Count > 0 && !incident.People.Exists(p => p.Pupil == pupil))
            {
                return IncidentErrors.OfOthers(field);
            }

            if (incident.Path is not null && text is { } written && MaterialAddresses.In(written.Words))
            {
                return IncidentStepErrors.LinkElsewhere(written.Field);
            }
        }

        return null;
    }
}
