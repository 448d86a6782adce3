using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>Rows of an incident. Property names are those of the records read from them: a sealed text opens under its own name only.</summary>
internal static class IncidentRows
{
    private sealed record IncidentRow(
        IncidentId Id, IncidentStatus Status, ReportKind Kind, PersonId Reporter, OnBehalfOf OnBehalfOf, ImmediateDanger Danger, DateTimeOffset ReportedAt, DateTimeOffset HappenedAt,
        Personal<string>? What, bool OnSite, Personal<string>? Place, IReadOnlyList<PupilInvolved> People, IReadOnlyList<DeviceId> Devices, IReadOnlyList<IncidentAddress> Addresses,
        PersonId? Owner, DateTimeOffset? TriageDueAt, DateTimeOffset? TriagedAt, string? Nature, IReadOnlyList<FourC> FourCs, Awareness? Awareness, bool Serious, string? PolicyVersion, PathRow? Path,
        IReadOnlyList<StepRow> Steps, IReadOnlyList<NotificationView> Notifications, IReadOnlyList<IncidentReferral> Referrals, IncidentDebrief? Debrief, IncidentClosure? Closure,
        IReadOnlyList<LinkView> Links, IReadOnlyList<IncidentCorrection> Corrections, IncidentInvitation? Invitation, HandedView? Handed, IReadOnlyList<IncidentRemark> Remarks, IReadOnlyList<AgencyWord> AgencyWords, IReadOnlyList<PathRow> PastPaths);

    private sealed record PathRow(
        GuardedPath Path, PathState State, bool FromFloor, bool AgencyAllowsParents, bool DevicesReleased, WithoutReply? Proposed, PersonId? ProposedBy, bool? ProposedRelease, DateOnly? ProposedChaseOn, NudeAnswers? Review,
        IReadOnlyList<PoliceAnswer> PoliceAnswers, JointDecision? Decision, IReadOnlyList<PathAction> Refused, DateTimeOffset BeganAt, DateTimeOffset? EndedAt);

    private sealed record StepRow(
        int Number, StepRule Rule, Personal<string>? Note, Personal<string>? ToDo, StepStatus Status, bool Blocked, PersonId? Owner, Role? OwnerRole, Role? Instead, DateTimeOffset? DueAt, PersonId? By,
        DateTimeOffset? RecordedAt, DateTimeOffset? DoneAt, bool? Answer, Personal<string>? Outcome, Personal<string>? Reason, IReadOnlyList<EvidenceRef> Evidence, IReadOnlyList<StreamId> Records,
        IReadOnlyList<PupilId> FulfilledFor, IReadOnlyList<IncidentContact> Contacts, IReadOnlyList<OverdueView> Overdue, IReadOnlyList<StepPart> Parts,
        IReadOnlyList<StepSettled>? Settled);

    public static IEnumerable<Row> Of(StreamKey key, IncidentState state)
    {
        if (!state.Exists)
        {
            return [];
        }

        var at = Microseconds.ToUnix(state.HappenedAt);
        var id = state.Id.ToString();
        return
        [
            new Row(
                IncidentTables.Incident,
                id,
                [
                    at, Microseconds.ToUnix(state.ReportedAt), state.Status().ToString(), state.Nature, state.Awareness?.ToString(), state.Path?.Path.ToString(), state.Owner?.ToString(),
                    state.Reporter.ToString(), state.Handed is { } handed ? Microseconds.ToUnix(handed.At) : null,
                ],
                Record(state)),
            new Row(IncidentTables.IncidentReceipt, id, [state.Reporter.ToString(), Microseconds.ToUnix(state.ReportedAt)], Receipt(state)),
            .. state.People.Select(p => new Row(IncidentTables.IncidentPupil, $"{id}#{p.Pupil}", [p.Pupil.ToString(), at, p.Part.ToString()], Line(state, p))),
            .. state.Invitation is { EndedAt: null } invited
                ? [new Row(IncidentTables.Invitation, id, [invited.Trust.ToString(), Microseconds.ToUnix(invited.Until)], new OpenInvitation(state.Id, invited.Trust, invited.Until))]
                : Array.Empty<Row>(),
            .. IncidentTasks.Of(key, state),
        ];
    }

    public static IncidentReceipt Receipt(IncidentState state) => new(state.Id, state.ReceiptStatus(), state.ReportedAt);

    public static object Record(IncidentState s) => new IncidentRow(
        s.Id, s.Status(), s.Kind, s.Reporter, s.OnBehalfOf, s.Danger, s.ReportedAt, s.HappenedAt, s.What, s.OnSite, s.Place, s.People, s.Devices, s.Addresses, s.Owner,
        s.AwaitsTriage() ? s.Triage?.DueAt : null, s.TriagedAt, s.Nature, s.FourCs, s.Awareness, s.Serious, s.PolicyVersion, s.Path is { } path ? PathOf(path, s.AgencyAllowsParents(), PathTable.Refused(s)) : null,
        [.. s.Steps.Select(step => StepOf(s, step))], s.Notices, s.Referrals, s.Debrief, s.Closure, s.Links, s.Corrections, s.Invitation, s.Handed, s.Remarks, s.Words, [.. s.PastPaths.Select(p => PathOf(p, false, []))]);

    private static PathRow PathOf(IncidentPath p, bool parents, IReadOnlyList<PathAction> refused) => new(
        p.Path, p.State, p.FromFloor, parents, p.DevicesReleased, p.Proposal?.Decision, p.Proposal?.By, p.Proposal?.ReleaseDevices, p.Proposal?.ChaseOn, p.Review, p.PoliceAnswers, p.Decision, refused,
        p.BeganAt, p.EndedAt);

    private static StepRow StepOf(IncidentState state, IncidentStep s) => new(
        s.Number, s.Rule, s.Note, s.ToDo, s.Status, s.Status == StepStatus.Open && !state.IsReady(s), s.Owner, s.OwnerRole, s.Instead, s.Times?.DueAt, s.End?.By, s.End?.RecordedAt, s.End?.DoneAt, s.End?.Answer,
        s.End?.Outcome, s.End?.Reason, s.End?.Evidence ?? [], s.Records, s.FulfilledFor, s.Contacts, s.Overdue, s.Parts, s.Settled);

    private static IncidentPupilView Line(IncidentState s, PupilInvolved p) => new(
        s.Id, p.Pupil, p.Part, s.Corrections.Exists(c => c.Field == CorrectedField.PupilPart && c.Pupil == p.Pupil), p.Dimensions, s.HappenedAt, s.ReportedAt, s.Status(), s.Nature, s.Awareness, s.Path?.Path,
        [.. s.Steps.Select(step => StepWork.IsRecordedPerPupil(step.Rule.Kind) ? OwnOf(step, p.Pupil) : IsOf(s, step, p) ? DoneOf(step) : null).OfType<DoneStep>().OrderBy(d => d.At)]);

    private static DoneStep DoneOf(IncidentStep step) => new(step.Rule.Kind, step.End!.DoneAt!.Value, step.End.Answer, !StandardSteps.IsPerPupil(step.Rule.Kind));

    // What was said to one pupil's parents is no line of another's, and what was withheld from them was not done. It was said, though a later triage gave the step up.
    private static DoneStep? OwnOf(IncidentStep step, PupilId pupil)
    {
        var contact = step.Contacts.FindLast(c => c.Ending == ContactEnding.Made && c.Pupils.Contains(pupil)) ?? step.Contacts.FindLast(c => c.Ends() && c.Pupils.Contains(pupil));
        var part = step.Parts.Find(p => p.Ends && p.Pupils.Contains(pupil));
        var answer = part?.Answer ?? (step.Rule.Mode == StepMode.Consider ? step.End?.Answer : null);
        return contact is not null ? contact.IsWithheld() ? null : new DoneStep(step.Rule.Kind, contact.DoneAt ?? contact.At, answer, false)
            : part is not null ? new DoneStep(step.Rule.Kind, part.DoneAt, answer, false)
            : step is { Status: StepStatus.Done, End.DoneAt: not null, Parts.IsEmpty: true, Contacts.IsEmpty: true } && step.FulfilledFor.Contains(pupil) ? DoneOf(step)
            : null;
    }

    private static bool AddedAfter(IncidentState state, IncidentStep step, PupilInvolved pupil) =>
        state.Corrections.FindLast(c => c.Field == CorrectedField.PupilAdded && c.Pupil == pupil.Pupil)?.At > step.End!.RecordedAt;

    // A measure against one pupil is no line of another pupil's chronology.
    private static bool IsOf(IncidentState state, IncidentStep step, PupilInvolved pupil) =>
        step is { Status: StepStatus.Done, End.DoneAt: not null }
        && (!StandardSteps.IsPerPupil(step.Rule.Kind)
            || (step.Settled?.Exists(s => s.Pupil == pupil.Pupil) == true && !step.FulfilledFor.Contains(pupil.Pupil) ? false
                : step.FulfilledFor.Count > 0 ? step.FulfilledFor.Contains(pupil.Pupil) : (state.People.Count == 1 || pupil.Part == PupilPart.Alleged) && !AddedAfter(state, step, pupil)));
}
