namespace OnlineSafetyTrust.Contracts.People;

/// <summary>Adds a person to a school or trust. One record per tenant; one sign-in may map to several.</summary>
/// <param name="Email">Where notifications go.</param>
/// <param name="SignIn">Issuer and subject of the person's sign-in, <c>{issuer}|{subject}</c>; null until they first sign in.</param>
/// <param name="SourceId">The person's id in the roster they come from, so that an import finds them again.</param>
[GenerateSerializer, Immutable, Alias("AddPerson")]
public sealed record AddPerson(string Name, string Email, string? SignIn, string? SourceId);

/// <summary>What a roster, or whoever may add people, says of a known person. Null: unchanged. How they sign in stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("UpdatePerson")]
public sealed record UpdatePerson(PersonId Person, string? Name = null, string? Email = null, string? SourceId = null);

/// <summary>Says with which sign-in somebody comes in. The one before is not theirs any more.</summary>
/// <param name="SignIn">Issuer and subject of the sign-in, <c>{issuer}|{subject}</c>.</param>
[GenerateSerializer, Immutable, Alias("LinkSignIn")]
public sealed record LinkSignIn(PersonId Person, string SignIn);

/// <param name="From">First day, Europe/London.</param>
/// <param name="To">Last day, or null: until further notice.</param>
[GenerateSerializer, Immutable, Alias("AssignRole")]
public sealed record AssignRole(PersonId Person, Role Role, DateOnly From, DateOnly? To);

/// <summary>A role ends. The school's last DSL or headteacher cannot end: who follows them is given the role first.</summary>
[GenerateSerializer, Immutable, Alias("EndRole")]
public sealed record EndRole(PersonId Person, Role Role, DateOnly LastDay);

/// <summary>Somebody stands in for an absent role-holder between two days, inclusive. What falls to the absent person goes to the cover.
/// The same absence (person and first day) again replaces the arrangement: another cover, a later end, an earlier one.</summary>
[GenerateSerializer, Immutable, Alias("ArrangeCover")]
public sealed record ArrangeCover(PersonId Absent, PersonId Cover, DateOnly From, DateOnly To);

/// <summary>The absence does not happen, or is over before its last day: what falls to the person is theirs again from today.</summary>
/// <param name="From">First day of the arrangement.</param>
[GenerateSerializer, Immutable, Alias("CancelCover")]
public sealed record CancelCover(PersonId Absent, DateOnly From);

/// <summary>
/// A leaver loses access at once; what they owned goes to the holders of the role. That of a head or a DSL is the head's to record. Where the
/// last DSL leaves, the next in line is told; the last headteacher leaves when there is another, whom <c>./dev appoint</c> can appoint.
/// </summary>
[GenerateSerializer, Immutable, Alias("RecordLeaver")]
public sealed record RecordLeaver(PersonId Person);

/// <summary>A role somebody holds, with its first and last days.</summary>
/// <param name="Role">The role.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day; null: open-ended.</param>
[GenerateSerializer, Immutable, Alias("RoleHolding")]
public sealed record RoleHolding(Role Role, DateOnly From, DateOnly? To)
{
    /// <summary>In force on a day.</summary>
    /// <param name="day">The day.</param>
    public bool ActiveOn(DateOnly day) => From <= day && (To is null || day <= To);
}

[GenerateSerializer, Immutable, Alias("CoverPeriod")]
public sealed record CoverPeriod(PersonId Absent, PersonId Cover, DateOnly From, DateOnly To)
{
    public bool ActiveOn(DateOnly day) => From <= day && day <= To;
}
