namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>C8.</summary>
/// <param name="Findings">What was learnt.</param>
/// <param name="Present">Who took part.</param>
/// <param name="MonitorUntil">The situation is watched until then; null: as long as the policy says, or not at all.</param>
/// <param name="PolicyFellShort">The policy is to be reviewed, for the reason in <paramref name="PolicyReason"/>: a change of the head's, due in four weeks.</param>
[GenerateSerializer, Immutable, Alias("DebriefIncident")]
public sealed record DebriefIncident(
    [property: Personal] string Findings, IReadOnlyList<PersonId> Present, IReadOnlyList<ChangeAgreed> Changes, DateOnly? MonitorUntil, bool PolicyFellShort, [property: Personal] string? PolicyReason);

/// <summary>A change that somebody owns.</summary>
/// <param name="What">What is to change.</param>
[GenerateSerializer, Immutable, Alias("ChangeAgreed")]
public sealed record ChangeAgreed([property: Personal] string What, PersonId Owner, DateOnly DueOn);

[GenerateSerializer, Immutable, Alias("CompleteChange")]
public sealed record CompleteChange(int Change, [property: Personal] string? Outcome);

/// <param name="ExtendTo">Watch on until then; null: the monitoring ends.</param>
[GenerateSerializer, Immutable, Alias("ReviewMonitoring")]
public sealed record ReviewMonitoring([property: Personal] string Findings, DateOnly? ExtendTo);

/// <param name="Summary">How it ended.</param>
[GenerateSerializer, Immutable, Alias("CloseIncident")]
public sealed record CloseIncident([property: Personal] string Summary);

/// <param name="Approve">False sends it back, with a reason; whoever asked takes it back so.</param>
[GenerateSerializer, Immutable, Alias("ApproveClosure")]
public sealed record ApproveClosure(bool Approve, [property: Personal] string? Reason);

[GenerateSerializer, Immutable, Alias("ReopenIncident")]
public sealed record ReopenIncident([property: Personal] string Reason);
