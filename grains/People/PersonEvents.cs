namespace OnlineSafetyTrust.Grains.People;

/// <param name="SignIn">SHA-256 of issuer and subject, hex: enough to recognise a sign-in, useless without one.</param>
[EventName("person.added.v1")]
internal sealed record PersonAdded(PersonId Person, Personal<string> Name, Personal<string> Email, string? SignIn, string? SourceId);

[EventName("person.role-assigned.v1")]
internal sealed record RoleAssigned(PersonId Person, Role Role, DateOnly From, DateOnly? To);

[EventName("person.role-ended.v1")]
internal sealed record RoleEnded(PersonId Person, Role Role, DateOnly LastDay);

[EventName("person.cover-arranged.v1")]
internal sealed record CoverArranged(PersonId Absent, PersonId Cover, DateOnly From, DateOnly To);

[EventName("person.left.v1")]
internal sealed record PersonLeft(PersonId Person);
