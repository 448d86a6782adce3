using System.Text.Json.Serialization;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Contracts.Incidents;

public static class IncidentTables
{
    /// <summary>
    /// The record, for the DSL, deputies, the head and the policy's recipients. Id: the incident's UUID. Columns: at (when it happened,
    /// microseconds), reported_at, status, nature, awareness, path, owner (person id of whoever triages), reporter (person id), handed (when a
    /// technical report was handed to the DSL; microseconds).
    /// Enum columns hold the names. Body: <see cref="IncidentView"/>.
    /// </summary>
    public static readonly ViewTable Incident = new(
        "incident",
        6,
        [
            new("at", ColumnKind.Number), new("reported_at", ColumnKind.Number), new("status", ColumnKind.Text), new("nature", ColumnKind.Text),
            new("awareness", ColumnKind.Text), new("path", ColumnKind.Text), new("owner", ColumnKind.Text), new("reporter", ColumnKind.Text), new("handed", ColumnKind.Number),
        ],
        [["at"], ["reported_at"], ["status", "reported_at"], ["nature", "at"]]);

    /// <summary>One pupil's line in their chronology (C9). Id: <c>{incident}#{pupil}</c>. Columns: pupil, at, role. Body: <see cref="IncidentPupilView"/>.</summary>
    public static readonly ViewTable IncidentPupil = new(
        "incident_pupil", 4, [new("pupil", ColumnKind.Text), new("at", ColumnKind.Number), new("role", ColumnKind.Text)], [["pupil", "at"]]) { AboutPupil = "pupil" };

    /// <summary>What a reporter may know. Id: the incident's UUID. Columns: reporter, reported_at. Body: <see cref="IncidentReceipt"/>.</summary>
    public static readonly ViewTable IncidentReceipt = new(
        "incident_receipt", 1, [new("reporter", ColumnKind.Text), new("reported_at", ColumnKind.Number)], [["reporter", "reported_at"]]);

    /// <summary>
    /// A running invitation of the trust's safeguarding lead (C11). Id: the incident's UUID. Columns: trust (tenant), until (microseconds). Body:
    /// <see cref="OpenInvitation"/>. Gone with the closure; over at <c>until</c>, though the row stays.
    /// </summary>
    public static readonly ViewTable Invitation = new(
        "incident_invitation", 2, [new("trust", ColumnKind.Text), new("until", ColumnKind.Number)], [["trust", "until"]]) { Personal = false };
}

/// <summary>The reporter's receipt: nothing of the record.</summary>
[GenerateSerializer, Immutable, Alias("IncidentReceipt")]
public sealed record IncidentReceipt(IncidentId Id, ReceiptStatus Status, DateTimeOffset ReportedAt)
{
    /// <summary>To say on the telephone: <c>K7QF-2M9X</c>.</summary>
    [JsonIgnore]
    public string Reference => IncidentReference.Of(Id);
}

public static class IncidentReference
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The id's last 40 bits, which are random in every kind of UUID used, in base 32 without letters that look like digits.</summary>
    public static string Of(IncidentId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        ulong bits = 0;
        foreach (var b in bytes[11..])
        {
            bits = (bits << 8) | b;
        }

        return string.Create(9, bits, static (text, rest) =>
        {
            for (var i = 8; i >= 0; i--)
            {
                text[i] = i == 4 ? '-' : Digits[(int)(rest & 31)];
                rest = i == 4 ? rest : rest >> 5;
            }
        });
    }
}

/// <summary>One pupil's line: their own part, what kind of incident, what was done. Never a text, never another pupil.</summary>
/// <param name="Done">Kinds of steps done, or decided against, oldest first.</param>
public sealed record IncidentPupilView(
    IncidentId Incident, PupilId Pupil, PupilPart Part, bool PartCorrected, PupilDimensions Dimensions, DateTimeOffset At, DateTimeOffset ReportedAt, IncidentStatus Status,
    string? Nature, Awareness? Awareness, GuardedPath? Path, IReadOnlyList<DoneStep> Done);

/// <summary>A step that was done, without its words.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="At">When it happened or was recorded.</param>
/// <param name="Answer">What was answered; no: it was decided against.</param>
/// <param name="ForIncident">For the incident as a whole, whatever the pupil's part in it.</param>
public sealed record DoneStep(StepKind Kind, DateTimeOffset At, bool? Answer, bool ForIncident);

/// <summary>The whole record as the DSL sees it. Erased texts are null.</summary>
/// <param name="PolicyVersion">Version of the policy the plan came from; null: no policy was in force.</param>
/// <param name="Owner">Who triages; null: the school has filled none of the roles.</param>
/// <param name="TriageDueAt">Until it is triaged.</param>
[GenerateSerializer, Immutable, Alias("IncidentView")]
public sealed record IncidentView(
    IncidentId Id, IncidentStatus Status, ReportKind Kind, PersonId Reporter, OnBehalfOf OnBehalfOf, ImmediateDanger Danger, DateTimeOffset ReportedAt, DateTimeOffset HappenedAt,
    [property: Personal] string? What, bool OnSite, [property: Personal] string? Place, IReadOnlyList<PupilInvolved> People, IReadOnlyList<DeviceId> Devices,
    IReadOnlyList<VisitedAddress> Addresses, PersonId? Owner, DateTimeOffset? TriageDueAt, DateTimeOffset? TriagedAt, string? Nature, IReadOnlyList<FourC> FourCs, Awareness? Awareness,
    bool Serious, string? PolicyVersion, PathView? Path, IReadOnlyList<StepView> Steps, IReadOnlyList<NotificationView> Notifications, IReadOnlyList<ReferralView> Referrals,
    DebriefView? Debrief, ClosureView? Closure, IReadOnlyList<LinkView> Links, IReadOnlyList<CorrectionView> Corrections, InvitationView? Invitation = null, HandedView? Handed = null,
    IReadOnlyList<RemarkView>? Remarks = null,
    IReadOnlyList<AgencyWordView>? AgencyWords = null, IReadOnlyList<PathView>? PastPaths = null)
{
    [JsonIgnore]
    public string Reference => IncidentReference.Of(Id);

    /// <summary>The one it is on and those that it was on.</summary>
    [JsonIgnore]
    public IEnumerable<PathView> Paths => [.. PastPaths ?? [], .. Path is { } path ? new[] { path } : []];

    /// <summary>Every pupil who is named in the record, those withdrawn too.</summary>
    [JsonIgnore]
    public IEnumerable<PupilId> Pupils =>
        People.Select(p => p.Pupil).Concat(Steps.SelectMany(s => s.Contacts.SelectMany(c => c.Pupils).Concat(s.Parts.SelectMany(p => p.Pupils)))).Concat(Corrections.Select(c => c.Pupil).OfType<PupilId>()).Distinct();

    /// <summary>Everybody of the staff who is named in the record.</summary>
    [JsonIgnore]
    public IEnumerable<PersonId> Staff => ((IEnumerable<PersonId?>)
    [
        Reporter, Owner, .. Paths.SelectMany(p => p.Staff), .. Steps.SelectMany(s => s.Contacts.Select(c => c.By).Concat(s.Parts.Select(p => p.By)).Concat(s.Overdue.Select(o => o.To)).Append(s.Owner).Append(s.By)),
        .. Notifications.SelectMany(n => (PersonId?[])[n.To, n.EscalatedTo]), .. Referrals.Select(r => r.By), Debrief?.By, .. (Debrief?.Present ?? []).Select(p => (PersonId?)p), .. (Debrief?.Changes ?? []).SelectMany(c => (PersonId?[])[c.Owner, c.DoneBy]),
        Closure?.AskedBy, Closure?.ApprovedBy, .. Corrections.Select(c => c.By), Invitation?.By, Handed?.By, .. (Remarks ?? []).Select(r => r.By),
    ]).OfType<PersonId>();
}

/// <summary>Sent as technical, and handed to the DSL because it concerns a child.</summary>
/// <param name="By">Who did.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("HandedView")]
public sealed record HandedView(PersonId? By, DateTimeOffset At);

/// <summary>An address visited, as reported.</summary>
/// <param name="Number">Its number within the record.</param>
/// <param name="Address">The address.</param>
/// <param name="Description">What was there.</param>
[GenerateSerializer, Immutable, Alias("VisitedAddress")]
public sealed record VisitedAddress(int Number, [property: Personal] string? Address, [property: Personal] string? Description);

/// <summary>What an agency last said of telling the parents.</summary>
/// <param name="Referral">The referral it belongs to.</param>
/// <param name="LiftedAt">A no that head and DSL decided beyond together, the police not replying; null: it stands.</param>
[GenerateSerializer, Immutable, Alias("AgencyWordView")]
public sealed record AgencyWordView(Agency Agency, int? Referral, bool ParentsMayBeTold, DateTimeOffset At, DateTimeOffset? LiftedAt)
{
    /// <summary>Parents may not be told because of it.</summary>
    [JsonIgnore]
    public bool StandsAgainst => !ParentsMayBeTold && LiftedAt is null;
}

/// <param name="AgencyAllowsParents">Police or social care said so on this path, and no agency says that they may not.</param>
/// <param name="Refused">What may not be done now; why: ask <see cref="IIncidentPath.MayAsync"/>.</param>
/// <param name="Proposed">A decision without reply that waits for a second person, who decides the same in every point.</param>
/// <param name="ProposedRelease">With it: the devices are released.</param>
/// <param name="ProposedChaseOn">With KeepWaiting: when the police are asked again.</param>
/// <param name="EndedAt">When triage left it; what was answered and decided stays. Null: it runs.</param>
[GenerateSerializer, Immutable, Alias("PathView")]
public sealed record PathView(
    GuardedPath Path, PathState State, bool FromFloor, bool AgencyAllowsParents, bool DevicesReleased, WithoutReply? Proposed, PersonId? ProposedBy, bool? ProposedRelease, DateOnly? ProposedChaseOn,
    NudeReviewView? Review, IReadOnlyList<PoliceAnswerView> PoliceAnswers, JointDecisionView? Decision, IReadOnlyList<PathAction> Refused, DateTimeOffset BeganAt, DateTimeOffset? EndedAt = null)
{
    [JsonIgnore]
    internal IEnumerable<PersonId?> Staff => [ProposedBy, Review?.By, .. PoliceAnswers.Select(a => a.By), Decision?.ProposedBy, Decision?.By];
}

[GenerateSerializer, Immutable, Alias("NudeReviewView")]
public sealed record NudeReviewView(
    bool AdultInvolved, bool Coercion, bool DoubtfulCapacity, bool Violence, bool SexualActUnder13, bool ImmediateRisk, bool Refer, [property: Personal] string? Reason, PersonId? By, DateTimeOffset At);

[GenerateSerializer, Immutable, Alias("PoliceAnswerView")]
public sealed record PoliceAnswerView(PoliceOutcome Outcome, [property: Personal] string? Advice, bool? ParentsMayBeTold, PersonId? By, DateTimeOffset At, bool DevicesReleased);

[GenerateSerializer, Immutable, Alias("JointDecisionView")]
public sealed record JointDecisionView(
    WithoutReply Decision, PersonId ProposedBy, PersonId? By, Agency AdvisedBy, [property: Personal] string? Advice, [property: Personal] string? Reason, DateTimeOffset At);

/// <param name="Instead">Set when none of the step's roles was filled: the role whose holder got it.</param>
/// <param name="Rule">The policy's own words for it.</param>
/// <param name="Note">What the DSL meant by a step of their own choice.</param>
/// <param name="ToDo">What its owner reads of it.</param>
/// <param name="FulfilledFor">For steps per pupil: done so far.</param>
/// <param name="Parts">What was recorded for some of several pupils, oldest first.</param>
/// <param name="Settled">Pupils for whom there was nothing to be done, and why.</param>
[GenerateSerializer, Immutable, Alias("StepView")]
public sealed record StepView(
    int Number, StepRule Rule, [property: Personal] string? Note, [property: Personal] string? ToDo, StepStatus Status, bool Blocked, PersonId? Owner, Role? OwnerRole, Role? Instead, DateTimeOffset? DueAt, PersonId? By, DateTimeOffset? RecordedAt, DateTimeOffset? DoneAt,
    bool? Answer, [property: Personal] string? Outcome, [property: Personal] string? Reason, IReadOnlyList<EvidenceRef> Evidence, IReadOnlyList<StreamId> Records,
    IReadOnlyList<PupilId> FulfilledFor, IReadOnlyList<ContactView> Contacts, IReadOnlyList<OverdueView> Overdue, IReadOnlyList<StepPartView> Parts,
    IReadOnlyList<SettledView>? Settled = null)
{
    /// <summary>How contact with parents stands where they were not told: of each pupil the last ending, attempts that reached nobody end nothing. The step may be looked at again and end otherwise.</summary>
    [JsonIgnore]
    public IReadOnlyList<ContactView> Withheld
    {
        get
        {
            var ended = Contacts.Where(c => c.Ending != ContactEnding.NotReached).ToList();
            return [.. ended.Where((c, i) => c.Ending is ContactEnding.HeldOnAgencyAdvice or ContactEnding.NotMadeRisk && !ended.Skip(i + 1).Any(later => later.Pupils.Count == 0 || (c.Pupils.Count > 0 && c.Pupils.All(later.Pupils.Contains))))];
        }
    }
}

/// <summary>A step recorded for some of the pupils concerned, or an attempt at it.</summary>
[GenerateSerializer, Immutable, Alias("StepPartView")]
public sealed record StepPartView(
    IReadOnlyList<PupilId> Pupils, PersonId? By, DateTimeOffset RecordedAt, DateTimeOffset DoneAt, bool? Answer, [property: Personal] string? Outcome, [property: Personal] string? Reason,
    IReadOnlyList<EvidenceRef> Evidence);

/// <summary>Of one pupil: they hold no device, or get no ban, as somebody found.</summary>
[GenerateSerializer, Immutable, Alias("SettledView")]
public sealed record SettledView(PupilId Pupil, [property: Personal] string? Reason, PersonId? By, DateTimeOffset At);

/// <summary>One attempt or the end of contact with parents.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Contact">With whom, where it was a contact of one of the pupils: its id.</param>
/// <param name="Pupils">Whose parents; none: no pupil is named in the incident.</param>
/// <param name="DoneAt">When it really was, where that was said.</param>
[GenerateSerializer, Immutable, Alias("ContactView")]
public sealed record ContactView(
    ContactEnding Ending, PersonId? By, DateTimeOffset At, [property: Personal] string? Who, ContactWay? How, [property: Personal] string? Said, [property: Personal] string? Reason,
    Agency? AdvisedBy, DateOnly? ReviewOn, Guid? Contact, IReadOnlyList<PupilId> Pupils, DateTimeOffset? DoneAt);

/// <param name="To">Who was told; null: overtaken by a higher stage, or nobody holds the role.</param>
[GenerateSerializer, Immutable, Alias("OverdueView")]
public sealed record OverdueView(OverdueStage Stage, DateTimeOffset Nominal, DateTimeOffset Actual, PersonId? To);

/// <param name="Instead">Set when the role had no holder: the role that was to be told.</param>
/// <param name="SentAt">When the mail server took it.</param>
/// <param name="SeeBy">Escalated if not seen by then; null: no proof is wanted.</param>
[GenerateSerializer, Immutable, Alias("NotificationView")]
public sealed record NotificationView(
    string Id, NoticeKind Kind, PersonId To, Role Role, Role? Instead, int? Step, DateTimeOffset IssuedAt, DateTimeOffset? SentAt, DateTimeOffset? FailedAt, DateTimeOffset? SeeBy,
    DateTimeOffset? SeenAt, DateTimeOffset? EscalatedAt, PersonId? EscalatedTo);

[GenerateSerializer, Immutable, Alias("ReferralView")]
public sealed record ReferralView(
    int Number, Agency Agency, [property: Personal] string? AgencyName, ReferralDecision Decision, int? Step, PersonId? By, DateTimeOffset At, [property: Personal] string? Reference, [property: Personal] string? Handler,
    [property: Personal] string? Response, DateOnly? ChaseOn, bool? ParentsMayBeTold, [property: Personal] string? Outcome, [property: Personal] string? Reason, [property: Personal] string? WouldReopen);

[GenerateSerializer, Immutable, Alias("DebriefView")]
public sealed record DebriefView(
    DateTimeOffset At, PersonId? By, [property: Personal] string? Findings, IReadOnlyList<PersonId> Present, IReadOnlyList<ChangeView> Changes, DateOnly? MonitorUntil,
    DateTimeOffset? MonitoringEndedAt, bool PolicyFellShort, [property: Personal] string? PolicyReason, bool BeforeReopening = false);

/// <param name="DoneBy">Who recorded it as done; not the owner in every case.</param>
[GenerateSerializer, Immutable, Alias("ChangeView")]
public sealed record ChangeView(int Number, [property: Personal] string? What, PersonId Owner, DateOnly DueOn, DateTimeOffset? DoneAt, [property: Personal] string? Outcome, PersonId? DoneBy = null);

[GenerateSerializer, Immutable, Alias("ClosureView")]
public sealed record ClosureView(PersonId? AskedBy, DateTimeOffset AskedAt, [property: Personal] string? Summary, PersonId? ApprovedBy, DateTimeOffset? ClosedAt);

/// <summary>By reference only (C11).</summary>
/// <param name="Incident">Of the same school.</param>
/// <param name="OtherSchoolReference">Of another.</param>
[GenerateSerializer, Immutable, Alias("LinkView")]
public sealed record LinkView(IncidentId? Incident, string? OtherSchoolReference, DateTimeOffset At);

/// <summary>Marks what is no longer as first written, with the original: of the fields after the reason those that were corrected.</summary>
[GenerateSerializer, Immutable, Alias("CorrectionView")]
public sealed record CorrectionView(
    CorrectedField Field, int? Number, PupilId? Pupil, PersonId? By, DateTimeOffset At, [property: Personal] string? Reason, [property: Personal] string? What, [property: Personal] string? Place,
    [property: Personal] string? Address, [property: Personal] string? Description, [property: Personal] string? Outcome, DateTimeOffset? HappenedAt, PupilPart? Part,
    [property: Personal] string? Findings = null, [property: Personal] string? PolicyReason = null, [property: Personal] string? Summary = null, ContactView? Contact = null)
{
    /// <summary>The text as it was.</summary>
    [JsonIgnore]
    public string? Before => What ?? Place ?? Address ?? Findings ?? Summary ?? Outcome;

    /// <summary>What stood beside it: of an address what was there, of a debrief where the policy fell short, of a change what came of it.</summary>
    [JsonIgnore]
    public string? Beside => Description ?? PolicyReason ?? (What is null ? null : Outcome);

    /// <summary>The time as it was.</summary>
    [JsonIgnore]
    public DateTimeOffset? AtBefore => HappenedAt ?? Contact?.DoneAt ?? Contact?.At;
}

/// <summary>What somebody wrote on an occasion that no other part of the record holds, or holds no more.</summary>
/// <param name="Number">Of the referral.</param>
/// <param name="Until">The situation is watched on until then.</param>
[GenerateSerializer, Immutable, Alias("RemarkView")]
public sealed record RemarkView(
    RemarkKind Kind, PersonId? By, DateTimeOffset At, int? Number, DateOnly? Until, [property: Personal] string? Reason, [property: Personal] string? Findings, [property: Personal] string? Summary,
    [property: Personal] string? Advice, [property: Personal] string? Response, [property: Personal] string? Outcome, [property: Personal] string? PolicyReason);

/// <summary>A step as its owner sees it: nothing of the incident.</summary>
[GenerateSerializer, Immutable, Alias("StepReply")]
public sealed record StepReply(IncidentId Incident, int Number, StepKind Kind, string Text, StepStatus Status, PersonId? Owner, DateTimeOffset? DueAt, bool? Answer, DateTimeOffset? DoneAt);

[GenerateSerializer, Immutable, Alias("ReferralReply")]
public sealed record ReferralReply(IncidentId Incident, int Number, Agency Agency, ReferralDecision Decision, [property: Personal] string? Reference, DateOnly? ChaseOn, int? Step);

[GenerateSerializer, Immutable, Alias("ChangeReply")]
public sealed record ChangeReply(IncidentId Incident, int Number, [property: Personal] string? What, PersonId Owner, DateOnly DueOn, DateTimeOffset? DoneAt);
