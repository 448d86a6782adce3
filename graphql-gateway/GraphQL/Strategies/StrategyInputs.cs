using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Gateway.GraphQL.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Strategies;

/// <summary>Hours of the days named, Europe/London, within one day.</summary>
/// <param name="To">First minute outside.</param>
/// <param name="Days">Days of the week.</param>
/// <param name="From">First minute inside.</param>
public sealed record AccessWindowInput(IReadOnlyList<Weekday> Days, TimeOnly From, TimeOnly To);

/// <summary>An absent list sets no limit; an empty one allows none.</summary>
/// <param name="ChecksBy">Local time by which each school day's check is due; no checks when left out.</param>
/// <param name="Supervision">How closely use is supervised.</param>
/// <param name="Devices">Which devices, in words.</param>
/// <param name="Services">Which services, in words.</param>
/// <param name="Times">When; none: at any time.</param>
/// <param name="Notes">What else is agreed.</param>
public sealed record StrategyTermsInput(
    Supervision Supervision, [property: ID(nameof(Device))] IReadOnlyList<string>? Devices, [property: Personal] IReadOnlyList<string>? Services, IReadOnlyList<AccessWindowInput>? Times,
    TimeOnly? ChecksBy, [property: Personal] string? Notes)
{
    internal IEnumerable<Reference> Named(string field) => Reference.Devices($"{field}.devices", Devices);

    internal StrategyTerms ToTerms() => new(
        Supervision, Devices is null ? null : Ids.All<DeviceId>(Devices), Services, Times is null ? null : [.. Times.Select(t => new AccessWindow(t.Days, t.From, t.To))],
        ChecksBy is { } by ? new StrategyChecks(by) : null, Notes);
}

/// <summary>A party to a strategy.</summary>
/// <param name="Agency">For an agency only.</param>
/// <param name="Contact">Which of the pupil's contacts, where several have to agree.</param>
/// <param name="Kind">What kind it is.</param>
public sealed record StrategyPartyInput(PartyKind Kind, Agency? Agency, Guid? Contact)
{
    internal StrategyParty ToParty() => new(Kind, Agency, Contact);
}

/// <summary>An agency that an incident was referred to and that takes no part in the strategy.</summary>
/// <param name="Agency">Which agency.</param>
/// <param name="Reason">Why.</param>
public sealed record AgencyLeftOutInput(Agency Agency, [property: Personal] string Reason)
{
    internal AgencyLeftOut ToAgency() => new(Agency, Reason);
}

/// <summary>A strategy to be drafted.</summary>
/// <param name="Incidents">Where it comes from.</param>
/// <param name="Interim">Apply at once and until all have agreed.</param>
/// <param name="Parties">Who has to agree: the school, somebody with parental responsibility, every agency that one of the incidents was referred to.</param>
/// <param name="AgenciesLeftOut">Those of the agencies that are no party, each with the reason.</param>
/// <param name="ReviewOn">A day to come.</param>
/// <param name="Owner">Has it agreed and reviewed.</param>
/// <param name="PupilId">The pupil.</param>
/// <param name="Terms">What is agreed.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record DraftStrategyInput(
    [property: ID(nameof(Pupil))] string PupilId, [property: ID(nameof(Incident))] IReadOnlyList<string>? Incidents, StrategyTermsInput Terms, StrategyTermsInput Interim,
    IReadOnlyList<StrategyPartyInput> Parties, IReadOnlyList<AgencyLeftOutInput>? AgenciesLeftOut, DateOnly ReviewOn, [property: ID(nameof(Person))] string Owner, Guid? CommandId) : ICommandInput
{
    internal IEnumerable<Reference> Named() =>
        [.. Reference.Pupil("pupilId", PupilId), .. Reference.Incidents("incidents", Incidents), .. Terms.Named("terms"), .. Interim.Named("interim")];

    internal DraftStrategy ToCommand() =>
        new(Ids.All<IncidentId>(Incidents), Terms.ToTerms(), Interim.ToTerms(), [.. Parties.Select(p => p.ToParty())], ReviewOn, Ids.Of<PersonId>(Owner),
            AgenciesLeftOut?.Select(a => a.ToAgency()).ToArray());
}

/// <summary>One party's answer to a strategy.</summary>
/// <param name="SignedBy">Name of who answered.</param>
/// <param name="RepresentedBy">Who signs for a pupil who cannot, or for a party that sends somebody.</param>
/// <param name="Witness">For a spoken answer.</param>
/// <param name="View">What they said.</param>
/// <param name="StrategyId">The strategy.</param>
/// <param name="Party">Who agrees or refuses.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Form">How it was given.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record AgreeStrategyInput(
    [property: ID(nameof(Strategy))] string StrategyId, StrategyPartyInput Party, StrategyAnswer Answer, SignatureForm Form, [property: Personal] string SignedBy,
    [property: Personal] string? RepresentedBy, [property: Personal] string? Witness, [property: Personal] string? View,
    Guid? CommandId) : ICommandInput
{
    internal AgreeStrategy ToCommand() => new(Party.ToParty(), Answer, Form, SignedBy, RepresentedBy, Witness, View);
}

/// <summary>A party that is to answer by link.</summary>
/// <param name="StrategyId">The strategy.</param>
/// <param name="Party">Somebody with parental responsibility, or an agency.</param>
/// <param name="Contact">Which of the pupil's contacts gets it, where the party names none.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record MakeSignatureLinkInput([property: ID(nameof(Strategy))] string StrategyId, StrategyPartyInput Party, Guid? Contact, Guid? CommandId) : ICommandInput;

/// <summary>A link that is to end.</summary>
/// <param name="StrategyId">The strategy.</param>
/// <param name="Party">Whose it is.</param>
/// <param name="Contact">Whose link alone; without it all of the party.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record WithdrawSignatureLinkInput([property: ID(nameof(Strategy))] string StrategyId, StrategyPartyInput Party, Guid? Contact, Guid? CommandId) : ICommandInput;

/// <summary>Whether an answer by link was theirs.</summary>
/// <param name="StrategyId">The strategy.</param>
/// <param name="Party">Whose answer it is put down as.</param>
/// <param name="AnsweredAt">The answer's <c>at</c>, as it was read; refused where another one has come since (ANSWER_CHANGED).</param>
/// <param name="Theirs">False: it was not, and counts no more.</param>
/// <param name="Findings">Who was asked, how, and what they said.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record VerifySignatureInput(
    [property: ID(nameof(Strategy))] string StrategyId, StrategyPartyInput Party, DateTimeOffset AnsweredAt, bool Theirs, [property: Personal] string Findings, Guid? CommandId) : ICommandInput
{
    internal VerifySignature ToCommand() => new(Party.ToParty(), AnsweredAt, Theirs, Findings);
}

/// <summary>The head's decision after refusal or silence.</summary>
/// <param name="StrategyId">The strategy.</param>
/// <param name="Decision">In force without those who did not agree, or given up.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record DecideStrategyInput([property: ID(nameof(Strategy))] string StrategyId, StrategyDecision Decision, [property: Personal] string Reason, Guid? CommandId) : ICommandInput;

/// <summary>A review of a strategy.</summary>
/// <param name="Terms">New terms for a step up or down.</param>
/// <param name="NextReviewOn">A day to come.</param>
/// <param name="StrategyId">The strategy.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Findings">What was found.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record ReviewStrategyInput(
    [property: ID(nameof(Strategy))] string StrategyId, ReviewResult Result, StrategyTermsInput? Terms, [property: Personal] string Findings, DateOnly NextReviewOn, Guid? CommandId) : ICommandInput
{
    internal ReviewStrategy ToCommand() => new(Result, Terms?.ToTerms(), Findings, NextReviewOn);
}

/// <summary>A strategy that ends.</summary>
/// <param name="StrategyId">The strategy.</param>
/// <param name="EndReason">Why it ended.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record EndStrategyInput([property: ID(nameof(Strategy))] string StrategyId, [property: Personal] string EndReason, Guid? CommandId) : ICommandInput;
