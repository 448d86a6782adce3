using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Grains.People;

/// <param name="SignIn">See <see cref="SignIns"/>.</param>
[EventName("person.added.v1")]
internal sealed record PersonAdded(PersonId Person, Personal<string> Name, Personal<string> Email, string? SignIn, Personal<string>? SourceId);

/// <summary>What changed, and only that.</summary>
[EventName("person.updated.v1")]
internal sealed record PersonUpdated(PersonId Person, PersonChange Before, PersonChange After);

internal sealed record PersonChange(Personal<string>? Name = null, Personal<string>? Email = null, Personal<string>? SourceId = null);

/// <param name="Before">The one that it replaces; null: they had none.</param>
/// <param name="SignIn">See <see cref="SignIns"/>.</param>
[EventName("person.sign-in-linked.v1")]
internal sealed record SignInLinked(PersonId Person, string? Before, string SignIn);

[EventName("person.role-assigned.v1")]
internal sealed record RoleAssigned(PersonId Person, Role Role, DateOnly From, DateOnly? To);

[EventName("person.role-ended.v1")]
internal sealed record RoleEnded(PersonId Person, Role Role, DateOnly LastDay);

/// <param name="Before">The arrangement of the same absence that this one replaces.</param>
[EventName("person.cover-arranged.v1")]
internal sealed record CoverArranged(PersonId Absent, PersonId Cover, DateOnly From, DateOnly To, CoverPeriod? Before = null);

/// <param name="LastDay">Of what was covered until then; null: it had not begun.</param>
[EventName("person.cover-cancelled.v1")]
internal sealed record CoverCancelled(CoverPeriod Before, DateOnly? LastDay);

[EventName("person.left.v1")]
internal sealed record PersonLeft(PersonId Person);
