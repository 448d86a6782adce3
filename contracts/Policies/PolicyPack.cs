namespace OnlineSafetyTrust.Contracts.Policies;

public enum PackKind
{
    School,

    /// <summary>The statutory minimum of a nation and year, which lies under every school's pack.</summary>
    Floor,
}

/// <summary>Nation whose law applies.</summary>
public enum Nation
{
    /// <summary>England.</summary>
    England,

    /// <summary>Wales.</summary>
    Wales,
}

/// <summary>
/// An online-safety policy as data: one YAML file (DOMAIN B1). A list that is absent in the file is empty here.
/// Property names in the file are these names in camelCase; enum values are in kebab-case.
/// </summary>
/// <param name="Id">Kebab-case; also the file's name.</param>
/// <param name="Title">The policy's title as people know it.</param>
/// <param name="Version">Version of this pack, from 1.</param>
/// <param name="Kind">A school's policy, or a statutory floor.</param>
/// <param name="Nation">Decides which floor lies beneath.</param>
/// <param name="Review">How often the policy itself is reviewed, and who approves it.</param>
/// <param name="Titles">The school's own titles and the role each one means.</param>
/// <param name="ReportsGoTo">Who receives and triages reports; the first one that the school has filled.</param>
/// <param name="TechnicalReportsGoTo">Who receives technical incidents.</param>
/// <param name="SeriousIncidents">Who is told of serious incidents.</param>
/// <param name="HeadRespondsToEveryBreach">The head's response is a step of every plan.</param>
/// <param name="InitialReviewMeeting">Held before the response is decided; absent: the policy has none.</param>
/// <param name="Natures">Kinds of incident.</param>
/// <param name="Responses">The response matrix.</param>
/// <param name="Paths">Guarded paths drawn by this policy; those it lacks come from the floor.</param>
/// <param name="Always">Steps of every plan that concerns a pupil, whatever the row says.</param>
/// <param name="Investigation">How other incidents are investigated; absent: the policy does not say.</param>
/// <param name="Sanctions">Sanctions matrices.</param>
/// <param name="UserActions">Classification of uses.</param>
/// <param name="ContactHours">Hours of contact between staff and pupils.</param>
/// <param name="Agreements">Acceptable-use agreements.</param>
/// <param name="Consents">Images, publication, named applications.</param>
/// <param name="Training">Training requirements.</param>
/// <param name="RecurringChecks">Recurring assurance.</param>
/// <param name="Retention">How long records are kept.</param>
/// <param name="Closing">What closing an incident needs.</param>
/// <param name="Debrief">Debriefs and the monitoring after them; absent: the policy does not say.</param>
/// <param name="WeeklyUpdateTo">Who receives the weekly update on daily checks; none: the policy has no such update.</param>
/// <param name="Monitoring">How often, and by whom, it is watched that the policy works.</param>
/// <param name="Limits">Of a floor only: what no pack may fall short of.</param>
/// <param name="Questions">Gaps and contradictions of the source, for a person to decide.</param>
/// <param name="Bans">Who may lift a ban of technology early; absent: the policy does not say.</param>
[GenerateSerializer, Immutable, Alias("PolicyPack")]
public sealed record PolicyPack(
    string Id,
    string Title,
    int Version,
    PackKind Kind,
    Nation Nation,
    PolicyReview Review,
    IReadOnlyDictionary<string, Role> Titles,
    IReadOnlyList<Role> ReportsGoTo,
    IReadOnlyList<Role> TechnicalReportsGoTo,
    SeriousIncidentRule? SeriousIncidents,
    bool HeadRespondsToEveryBreach,
    InitialReviewRule? InitialReviewMeeting,
    IReadOnlyList<Nature> Natures,
    IReadOnlyList<ResponseRow> Responses,
    IReadOnlyList<PathRule> Paths,
    IReadOnlyList<StepRule> Always,
    InvestigationRules? Investigation,
    IReadOnlyList<SanctionsMatrix> Sanctions,
    IReadOnlyList<UserAction> UserActions,
    ContactHours? ContactHours,
    IReadOnlyList<AgreementRule> Agreements,
    IReadOnlyList<ConsentRule> Consents,
    IReadOnlyList<TrainingRequirement> Training,
    IReadOnlyList<RecurringCheck> RecurringChecks,
    IReadOnlyList<RetentionRule> Retention,
    ClosingRules? Closing,
    DebriefRules? Debrief,
    IReadOnlyList<Role> WeeklyUpdateTo,
    IReadOnlyList<RecurringCheck> Monitoring,
    IReadOnlyList<StepLimit> Limits,
    IReadOnlyList<PolicyQuestion> Questions,
    BanRules? Bans = null);

/// <summary>How often the policy is reviewed.</summary>
/// <param name="Every">Review period; absent: the policy does not say.</param>
/// <param name="LastReviewed">As the document has it; a year alone is written as its first day.</param>
/// <param name="NextReview">As the document has it.</param>
/// <param name="ApprovedBy">Who approves it.</param>
[GenerateSerializer, Immutable, Alias("PolicyReview")]
public sealed record PolicyReview(PolicyPeriod? Every, DateOnly? LastReviewed, DateOnly? NextReview, IReadOnlyList<Role> ApprovedBy);

/// <summary>What a floor demands of every step of a kind.</summary>
/// <param name="Kind">Which steps.</param>
/// <param name="Deadline">No later than this.</param>
/// <param name="NotWaivable">Nobody may waive it.</param>
/// <param name="Instead">This nation does not know the kind; the step becomes this one.</param>
/// <param name="Source">The guidance behind it.</param>
[GenerateSerializer, Immutable, Alias("StepLimit")]
public sealed record StepLimit(StepKind Kind, DeadlineRule? Deadline = null, bool NotWaivable = false, StepKind? Instead = null, string? Source = null);

/// <summary>A place where the source document contradicts itself, for a person to decide.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="About">Path of the property it concerns, such as <c>retention</c>.</param>
/// <param name="Question">What has to be decided.</param>
/// <param name="UntilDecided">What the pack does meanwhile.</param>
/// <param name="DecidedBy">Who decides.</param>
[GenerateSerializer, Immutable, Alias("PolicyQuestion")]
public sealed record PolicyQuestion(string Id, string About, string Question, string UntilDecided, IReadOnlyList<Role> DecidedBy);

/// <summary>The product sets the property; a pack that writes it is refused.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotInPackFileAttribute : Attribute;
