namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>Whom a sanctions matrix is about.</summary>
public enum SanctionedGroup
{
    /// <summary>Pupils.</summary>
    Pupils,

    /// <summary>Staff.</summary>
    Staff,
}

/// <summary>Kind of misuse × action. A cell that is neither open nor closed is undecided and cannot be relied on.</summary>
/// <param name="Group">Whose misuse.</param>
/// <param name="Actions">Columns, in order.</param>
/// <param name="Kinds">Rows, in order.</param>
/// <param name="Source">Where in the policy it stands.</param>
[GenerateSerializer, Immutable, Alias("SanctionsMatrix")]
public sealed record SanctionsMatrix(SanctionedGroup Group, IReadOnlyList<SanctionAction> Actions, IReadOnlyList<SanctionRow> Kinds, string? Source = null);

/// <summary>A column of a sanctions matrix.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Title">What staff read.</param>
[GenerateSerializer, Immutable, Alias("SanctionAction")]
public sealed record SanctionAction(string Id, string Title);

/// <summary>A row of a sanctions matrix.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Title">What staff read.</param>
/// <param name="Open">Actions that the policy gives for this kind.</param>
/// <param name="Closed">Actions that the school has decided against.</param>
[GenerateSerializer, Immutable, Alias("SanctionRow")]
public sealed record SanctionRow(string Id, string Title, IReadOnlyList<string> Open, IReadOnlyList<string> Closed);
