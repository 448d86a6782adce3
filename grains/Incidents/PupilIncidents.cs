using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>What is decided on a pupil names incidents of that pupil only, or of nobody yet.</summary>
internal static class PupilIncidents
{
    /// <summary>The refusal of the first incident that is not there, is about others only, or forbids the words; null: none. One of another school is not there.</summary>
    /// <param name="field">The input that names them.</param>
    /// <param name="texts">What is written with them: on a guarded path without addresses (C4).</param>
    public static async Task<DomainError?> RefusalAsync(
        Func<StreamKey, ValueTask<IncidentState>> fold, TenantId school, PupilId pupil, IEnumerable<IncidentId> incidents, string field, params (string Field, string? Words)[] texts)
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

            if (incident.Path is not null && MaterialAddresses.Refusal(texts) is { } address)
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>The refusal of words with an address, by the incident that something was decided for before; null: none.</summary>
    public static async Task<DomainError?> AddressAsync(Func<StreamKey, ValueTask<IncidentState>> fold, TenantId school, IncidentId? incident, params (string Field, string? Words)[] texts) =>
        incident is { } id && MaterialAddresses.Refusal(texts) is { } address && (await fold(IncidentKey.Of(school, id))).Path is not null ? address : null;
}
