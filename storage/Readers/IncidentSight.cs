using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>
/// Which incidents a reader sees, as a predicate: what one may not see is never read, so it is neither answered nor in the read audit.
/// </summary>
/// <param name="Where">Over the columns of the incident's view; empty: all. Null: none.</param>
/// <param name="Covers">The same question of one record.</param>
internal sealed record IncidentSight(string? Where, IReadOnlyDictionary<string, object?> Args, Func<IncidentView, bool> Covers)
{
    private static readonly IncidentSight All = new("", new Dictionary<string, object?>(), _ => true);
    private static readonly IncidentSight None = new(null, new Dictionary<string, object?>(), _ => false);

    public bool SeesAny => Where is not null;

    public static async ValueTask<IncidentSight> OfAsync(Reader who, ISchoolDays days, ViewReader views, CancellationToken ct)
    {
        if (Sight.Incidents(who))
        {
            return All;
        }

        if (who.Roles.Count == 0 || who.Actor.Person is not { } me || await days.FindAsync(who.Tenant, ct) is not { } today)
        {
            return None;
        }

        var policy = today.Facts.Policy?.Policy;
        if (policy is not null && policy.ReportsGoTo.Any(who.Has))
        {
            return All;
        }

        IReadOnlyList<Role> technicians = policy?.TechnicalReportsGoTo is { Count: > 0 } named ? named : [Role.NetworkManager];
        if (!technicians.Any(who.Has))
        {
            return None;
        }

        // Before triage a technical report has no nature yet: it is known by who is to triage it. One handed to the DSL concerns a child, whatever its nature.
        var natures = (policy?.Natures ?? []).Where(n => n.Technical).Select(n => n.Id).ToArray();
        return new IncidentSight(
            $"(owner = @sightOwner OR (handed IS NULL AND {views.AnyOf("nature", "@sightNatures")}))",
            new Dictionary<string, object?> { ["sightOwner"] = me.ToString(), ["sightNatures"] = natures },
            i => i.Owner == me || (i.Handed is null && natures.Contains(i.Nature)));
    }
}
