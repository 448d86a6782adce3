namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>One row of the response matrix: nature and awareness give the steps.</summary>
/// <param name="Nature">Id of the nature.</param>
/// <param name="Awareness">For which awareness; none for a nature without the awareness axis.</param>
/// <param name="Steps">In the order of the policy. May be empty where a path is named.</param>
/// <param name="Path">A guarded path whose steps come first: the pack's own if it has one, otherwise the floor's.</param>
/// <param name="Source">Where in the policy it stands.</param>
[GenerateSerializer, Immutable, Alias("ResponseRow")]
public sealed record ResponseRow(string Nature, IReadOnlyList<Awareness> Awareness, IReadOnlyList<StepRule> Steps, GuardedPath? Path = null, string? Source = null);

/// <summary>The steps of a guarded path.</summary>
/// <param name="Path">Which path.</param>
/// <param name="Steps">In order.</param>
/// <param name="Source">Where the path is drawn: the policy's flowchart, or the guidance behind the floor.</param>
/// <param name="Origin">Whether it comes from the school's pack or from the statutory floor beneath it.</param>
[GenerateSerializer, Immutable, Alias("PathRule")]
public sealed record PathRule(GuardedPath Path, IReadOnlyList<StepRule> Steps, string? Source = null, [property: NotInPackFile] StepOrigin Origin = StepOrigin.School);

/// <summary>One step of a compiled plan.</summary>
/// <param name="Number">Place in the plan, from 1.</param>
/// <param name="Step">The rule; its id is unique within the plan.</param>
[GenerateSerializer, Immutable, Alias("PlannedStep")]
public sealed record PlannedStep(int Number, StepRule Step);
