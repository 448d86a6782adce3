using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster;

/// <summary>What the school already holds, leavers included: a pupil who comes back is not a new one. Read through the audited readers.</summary>
public interface IRosterCurrent
{
    Task<RosterSituation> ReadAsync(TenantId school, CancellationToken ct);
}

/// <param name="Pupils">On roll and left.</param>
/// <param name="Held">Whom something holds that ends when they leave; null: nobody.</param>
public sealed record RosterSituation(SchoolView School, IReadOnlyList<PupilView> Pupils, IReadOnlyList<RosterPerson> People, RosterHeld? Held = null);

/// <summary>Pupils for whom something holds that ends when they leave.</summary>
/// <param name="Checks">Daily checks run.</param>
/// <param name="Bans">A ban is in force or to come.</param>
/// <param name="Strategies">An access strategy is in force or drafted.</param>
public sealed record RosterHeld(IReadOnlySet<PupilId> Checks, IReadOnlySet<PupilId> Bans, IReadOnlySet<PupilId> Strategies);

/// <summary>A person of the school as an import needs them.</summary>
public sealed record RosterPerson(
    PersonId Id, [property: Personal] string? Name, [property: Personal] string? Email, string? SourceId, IReadOnlyList<RoleHolding> Roles, DateTimeOffset? LeftAt)
{
    public override string ToString() => $"person {Id}";
}
