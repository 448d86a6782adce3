using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>What is decided on a pupil names incidents of that pupil only, or of nobody yet.</summary>
internal static class PupilIncidents
{
    /// <summary>The refusal of the first incident that is not there, or is about others only; null: none. One of another school is not there.</summary>
    /// <param name="field">The input that names them.</param>
    public static async Task<DomainError?> RefusalAsync(
        Func<StreamKey, ValueTask<IncidentState>> fold, TenantId school, PupilId pupil, IEnumerable<IncidentId> incidents, string field)
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
        }

        return null;
    }
}
