using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Grains.People;

namespace OnlineSafetyTrust.Grains.Trusts;

[EventName("trust.founded.v1")]
internal sealed record TrustFounded(string Name, TrustKind Kind);

[EventName("trust.school-joined.v1")]
internal sealed record TrustSchoolJoined(TenantId School, string Urn);

/// <summary>Its safeguarding leads of that day were told of a case that a school's DSL invites them into (C11). Whether they may look is asked of the school each time.</summary>
[EventName("trust.lead-invited.v1")]
internal sealed record TrustLeadsTold(TenantId School, IncidentId Incident, IReadOnlyList<PersonId> Told);

/// <summary>From an incident of one of its schools.</summary>
internal sealed record LeadInvited(TenantId School, IncidentId Incident)
{
    public const string Kind = "trust.lead-invited";
}

/// <summary>From a school that was established in the trust.</summary>
internal sealed record SchoolJoined(TenantId School, string Urn)
{
    public const string Kind = "trust.school-joined";
}

internal sealed record TrustState(bool Exists, string Name, TrustKind Kind, ImmutableList<TrustSchool> Schools, StaffState Staff) : IState<TrustState>
{
    public static TrustState Empty { get; } = new(false, "", default, [], StaffState.Empty);

    public TrustState Apply(object @event, EventMeta meta) => @event switch
    {
        TrustFounded e => this with { Exists = true, Name = e.Name, Kind = e.Kind },
        TrustSchoolJoined e => this with { Schools = Schools.Add(new TrustSchool(e.School, e.Urn, meta.At)) },
        _ => this with { Staff = Staff.Apply(@event, meta) },
    };
}
