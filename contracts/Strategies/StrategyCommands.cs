using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Contracts.Strategies;

/// <summary>Who is party to a strategy.</summary>
public enum PartyKind
{
    /// <summary>The school.</summary>
    School,

    /// <summary>A person with parental responsibility.</summary>
    ParentalResponsibility,

    /// <summary>An agency.</summary>
    Agency,

    /// <summary>The pupil: their view is recorded; the strategy does not wait for it.</summary>
    Pupil,
}

/// <summary>Somebody who has to agree.</summary>
/// <param name="Agency">Which agency, for an agency only.</param>
/// <param name="Contact">Which of the pupil's contacts, for parental responsibility where several have to agree; null: any one of them.</param>
/// <param name="Kind">What kind it is.</param>
[GenerateSerializer, Immutable, Alias("StrategyParty")]
public sealed record StrategyParty(PartyKind Kind, Agency? Agency = null, Guid? Contact = null);

/// <summary>An agency that an incident was referred to and that takes no part in the strategy.</summary>
[GenerateSerializer, Immutable, Alias("AgencyLeftOut")]
public sealed record AgencyLeftOut(Agency Agency, string Reason);

/// <param name="Incidents">Where it comes from; told when it is agreed. Together with parties and the interim terms as the incidents' policy asks.</param>
/// <param name="Terms">Apply once all parties have agreed.</param>
/// <param name="Interim">Apply at once and until then.</param>
/// <param name="Parties">Who has to agree: the school, those with parental responsibility, every agency that one of the incidents was referred to.</param>
/// <param name="ReviewOn">A day to come.</param>
/// <param name="Owner">Gets the tasks: to have it agreed, to review it.</param>
/// <param name="AgenciesLeftOut">Those of the agencies that are no party, each with the reason.</param>
[GenerateSerializer, Immutable, Alias("DraftStrategy")]
public sealed record DraftStrategy(
    IReadOnlyList<IncidentId> Incidents, StrategyTerms Terms, StrategyTerms Interim, IReadOnlyList<StrategyParty> Parties, DateOnly ReviewOn, PersonId Owner,
    IReadOnlyList<AgencyLeftOut>? AgenciesLeftOut = null);

/// <summary>A party's answer.</summary>
public enum StrategyAnswer
{
    /// <summary>Agreed.</summary>
    Agreed,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>The pupil said what they think; neither yes nor no.</summary>
    ViewGiven,

    /// <summary>The pupil's view could not be had, and why.</summary>
    ViewNotHad,
}

/// <summary>How a signature was given.</summary>
public enum SignatureForm
{
    /// <summary>On a screen.</summary>
    OnScreen,

    /// <summary>On paper.</summary>
    Paper,

    /// <summary>Said, not signed, before a witness.</summary>
    Witnessed,

    /// <summary>By the link that the school sent; never recorded by staff.</summary>
    ByLink,
}

/// <summary>One party's answer, recorded by staff. A later answer of the same party takes the place of the earlier one.</summary>
/// <param name="SignedBy">Name of who answered.</param>
/// <param name="RepresentedBy">Who signs for a pupil who cannot, or for a party that sends somebody.</param>
/// <param name="Witness">Needed for <see cref="SignatureForm.Witnessed"/>.</param>
/// <param name="View">What they said: the pupil's view, a refusal's grounds.</param>
[GenerateSerializer, Immutable, Alias("AgreeStrategy")]
public sealed record AgreeStrategy(
    StrategyParty Party, StrategyAnswer Answer, SignatureForm Form, string SignedBy, string? RepresentedBy = null, string? Witness = null, string? View = null);

/// <summary>What a review of a strategy decides.</summary>
public enum ReviewResult
{
    /// <summary>It goes on as it is.</summary>
    Continue,

    /// <summary>Towards more freedom.</summary>
    StepDown,

    /// <summary>Towards more protection.</summary>
    StepUp,
}

/// <summary>A review, on its date or earlier; of a draft that is not agreed yet, its interim terms are reviewed.</summary>
/// <param name="Terms">New terms for a step up or down: a new version, in force at once. Of a draft: new interim terms.</param>
/// <param name="Findings">What the review found.</param>
/// <param name="NextReviewOn">A day to come.</param>
[GenerateSerializer, Immutable, Alias("ReviewStrategy")]
public sealed record ReviewStrategy(ReviewResult Result, StrategyTerms? Terms, string Findings, DateOnly NextReviewOn);

/// <summary>What the head decides when parties refused or did not answer.</summary>
public enum StrategyDecision
{
    /// <summary>In force without the parties that did not agree.</summary>
    InForce,

    /// <summary>The draft is given up.</summary>
    End,
}

/// <summary>By the head, or whoever the duty falls to where the school has none, after refusal or silence went to them.</summary>
/// <param name="Reason">Why; what was said to the parties that did not agree.</param>
[GenerateSerializer, Immutable, Alias("DecideStrategy")]
public sealed record DecideStrategy(StrategyDecision Decision, string Reason);

/// <summary>Ends a strategy or a draft. Daily checks that belong to it end with the strategy; given up as a draft, the DSL reviews them.</summary>
[GenerateSerializer, Immutable, Alias("EndStrategy")]
public sealed record EndStrategy(string EndReason);
