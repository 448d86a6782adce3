namespace OnlineSafetyTrust.Gateway.Live;

/// <summary>What subscriptions listen to, per school or trust. Ids only: each reads again what it may see.</summary>
internal static class Topics
{
    public static string Incidents(TenantId tenant) => $"incidents:{tenant}";

    public static string Tasks(TenantId tenant) => $"tasks:{tenant}";

    public static string Checks(TenantId tenant) => $"checks:{tenant}";

    /// <summary>Of a school, or of all schools of a trust.</summary>
    public static string Trends(TenantId tenant) => $"trends:{tenant}";
}

/// <summary>An incident was reported or changed.</summary>
public sealed record IncidentTouched(IncidentId Incident);

/// <summary>A task is somebody's that was not before.</summary>
public sealed record TaskGiven(string Task, PersonId Owner);

/// <summary>A check was not recorded in time, or still is not at a later stage.</summary>
public sealed record CheckLate(PupilId Pupil, DateOnly Date, PersonId? Checker);

/// <summary>Figures may have changed.</summary>
/// <param name="Position">Of the journal: what was read at or after it includes the change.</param>
public sealed record TrendsMoved(long Position);
