using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    public static Result<Events> Complete(IncidentState state, SchoolFacts facts, CompleteStep command, CommandContext context, StepFacts? known = null)
    {
        var setting = new Setting(facts, context);
        var step = state.Step(command.Step);
        if ((CheckSight(state, setting) ?? CheckOpen(state) ?? CheckStep(state, setting, step)
            ?? CheckPupils(state, step!, command.Pupils ?? []) ?? CheckCompletion(state, setting, step!, command, known ?? StepFacts.None)) is { } error)
        {
            return error;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        if (StepWork.IsRecordedPerPupil(step!.Rule.Kind))
        {
            RecordFor(draft, step, command);
        }
        else if (Settles(step, command))
        {
            return Settle(draft, step, command);
        }
        else
        {
            foreach (var pupil in (known ?? StepFacts.None).Pupils.Where(p => command.Answer != false && IsAccountedFor(step.Rule.Kind) && IsSetUp(step.Rule.Kind, p) && !step.FulfilledFor.Contains(p.Pupil)))
            {
                draft.Add(new StepDoneForPupil(step.Number, pupil.Pupil, context.Actor, new StreamId(PupilKey.Kind, pupil.Pupil.Value)));
            }

            if (step.Rule.Kind == StepKind.InformRole && command.Answer == true && !draft.Tell(step))
            {
                return IncidentStepErrors.NobodyToTell;
            }

            draft.EndStep(new StepDone(
                step.Number, context.Actor, Microseconds.Truncate(command.DoneAt ?? context.Now), command.Answer, draft.Text(command.Outcome), draft.Text(command.Reason), command.Evidence, null));
        }

        return draft.Finish();
    }

    public static Result<Events> Waive(IncidentState state, SchoolFacts facts, WaiveStep command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        var step = state.Step(command.Step);
        if ((CheckSight(state, setting) ?? CheckOpen(state)) is { } error)
        {
            return error;
        }

        if (step is null)
        {
            return IncidentStepErrors.NotFound;
        }

        if (step.Status != StepStatus.Open)
        {
            return IncidentStepErrors.AlreadyEnded;
        }

        if (StandardSteps.IsStatutory(step.Rule.Kind) || !setting.Holds(step.Rule.WaivableBy))
        {
            return IncidentStepErrors.NotWaivable(StandardSteps.IsStatutory(step.Rule.Kind) ? [] : step.Rule.WaivableBy);
        }

        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return IncidentErrors.ReasonMissing;
        }

        if (LinkOn(state, "reason", command.Reason) is { } link)
        {
            return link;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        draft.EndStep(new StepWaived(step.Number, draft.Required(command.Reason)));
        return draft.Finish();
    }

    // Whoever has nothing to do with an incident does not learn from an answer that there is one.
    private static DomainError? CheckSight(IncidentState state, Setting setting) =>
        setting.IsLead || setting.Holds(setting.Recipients(state.IsTechnical())) || state.Owner == setting.Person
        || state.Notices.Exists(n => setting.ActsFor(n.To)) || state.Plan().Any(s => MayDo(setting, s))
            ? null
            : IncidentErrors.NotFound;

    private static DomainError? CheckOpen(IncidentState state) =>
        !state.Exists ? IncidentErrors.NotFound
        : state.IsClosed() ? IncidentErrors.AlreadyClosed
        : state.Closure is not null ? IncidentClosingErrors.AlreadyAsked
        : state.TriagedAt is null ? IncidentErrors.NotTriaged
        : null;

    private static DomainError? CheckStep(IncidentState state, Setting setting, IncidentStep? step) =>
        step is null ? IncidentStepErrors.NotFound
        : !MayDo(setting, step) ? IncidentStepErrors.NotYours
        : step.Status != StepStatus.Open && !TakesMore(state, step) ? IncidentStepErrors.AlreadyEnded
        : null;

    private static bool MayDo(Setting setting, IncidentStep step) =>
        setting.IsLead || (setting.Person is { } person && setting.IsStaff && (step.Owner == person || setting.ActsFor(step.Owner) || setting.Holds(step.Rule.Owners)));

    private static DomainError? CheckCompletion(IncidentState state, Setting setting, IncidentStep step, CompleteStep command, StepFacts known)
    {
        if (CheckPath(state, setting, step, command) is { } forbidden)
        {
            return forbidden;
        }

        // That parents are not told yet may be recorded at any time; telling them waits for its turn.
        var withheld = command.Parents?.Ending is ContactEnding.HeldOnAgencyAdvice or ContactEnding.NotMadeRisk;
        if (!withheld && state.Before(step).FirstOrDefault() is { } first)
        {
            return IncidentStepErrors.TooEarly(first.Rule.Text.TrimEnd('.'));
        }

        if (step.Status != StepStatus.Open && command.Answer == false)
        {
            return IncidentStepErrors.AlreadyEnded;
        }

        var asked = step.Rule.Mode == StepMode.Consider && step.Status == StepStatus.Open;
        return IsReferral(step.Rule.Kind) ? IncidentStepErrors.UseReferral
            : asked && (command.Answer is null || string.IsNullOrWhiteSpace(command.Reason)) ? IncidentStepErrors.AnswerMissing
            : step.Rule.Mode != StepMode.Consider && command.Answer is not null ? IncidentStepErrors.AnswerNotAsked
            : step.Rule.RequiresReason && step.Status == StepStatus.Open && string.IsNullOrWhiteSpace(command.Reason) && string.IsNullOrWhiteSpace(command.Outcome) ? IncidentErrors.ReasonMissing
            : command.DoneAt > setting.Now ? IncidentStepErrors.DoneInFuture
            : command.DoneAt < state.HappenedAt ? IncidentStepErrors.DoneBeforeIncident
            : command.Evidence.Any(e => !IsEvidence(e)) ? IncidentStepErrors.EvidenceWrong
            : Settles(step, command) ? CheckSettled(state, step, command, known.Pupils)
            : command.Answer == false && (command.Parents is null || step.Rule.Kind != StepKind.ContactParents) ? step.Rule.Kind == StepKind.ConsiderBan && step.FulfilledFor.Count > 0 ? IncidentStepErrors.UnbannedMissing : null
            : step.Rule.Kind == StepKind.ContactParents ? CheckContact(state, setting, command.Parents, PupilsOf(state, step, command)) ?? CheckReached(command.Parents!, PupilsOf(state, step, command), known.Contacts)
            : CheckDevices(state, step, command, known.Devices) ?? CheckSetUp(state, setting, step, command, known.Pupils);
    }

    private static bool IsEvidence(EvidenceRef evidence) => evidence.Size > 0 && evidence.Hash.Length == 64 && evidence.Hash.All(char.IsAsciiHexDigitLower);

    // Not for good at once: only who has looked at it again on its day may leave a further day out.
    private static DomainError? CheckContact(IncidentState state, Setting setting, ParentContact? contact, List<PupilId> pupils) => contact?.Ending switch
    {
        null => IncidentStepErrors.ContactMissing,
        ContactEnding.Made when NobodyNamed(contact) || contact.How is null || Empty(contact.Said) => IncidentStepErrors.ContactIncomplete,
        ContactEnding.NotReached when NobodyNamed(contact) || contact.How is null => IncidentStepErrors.ContactAttemptIncomplete,
        ContactEnding.HeldOnAgencyAdvice when contact.AdvisedBy is null || Empty(contact.Reason) || contact.ReviewOn < setting.Day => IncidentStepErrors.ContactHeldIncomplete,
        ContactEnding.NotMadeRisk when !setting.IsDsl => IncidentStepErrors.DslOnly,
        ContactEnding.NotMadeRisk when Empty(contact.Reason) || (contact.ReviewOn is null && !LookedAtAgain(state, pupils)) || contact.ReviewOn < setting.Day => IncidentStepErrors.ContactRiskIncomplete,
        _ => null,
    };

    private static bool LookedAtAgain(IncidentState state, List<PupilId> pupils) =>
        pupils.Count == 0 ? state.ParentsReviews().Any(r => r.Contact.ReviewFellDue is not null) : pupils.All(p => state.ParentsOf(p)?.Contact.ReviewFellDue is not null);

    // Who asked not to be told, or must not be by order of a court, is not reached by mistake (A3).
    private static DomainError? CheckReached(ParentContact contact, List<PupilId> pupils, IReadOnlyList<ContactFacts> known) =>
        contact.Contact is not { } id ? null
        : !known.Any(c => c.Id == id && IsOf(c, pupils)) ? IncidentStepErrors.ContactUnknown
        : pupils.Exists(p => !known.Any(c => c.Id == id && IsOf(c, [p]))) ? IncidentStepErrors.ContactOfOne
        : known.Any(c => c.Id == id && c.NoContact) && contact.Ending is ContactEnding.Made or ContactEnding.NotReached ? IncidentStepErrors.NoContact
        : null;

    private static bool IsOf(ContactFacts contact, List<PupilId> pupils) => contact.Pupil is not { } whose || pupils.Count == 0 || pupils.Contains(whose);

    private static bool NobodyNamed(ParentContact contact) => contact.Contact is null && Empty(contact.Who);

    private static void AddContact(IncidentDraft draft, IncidentStep step, ParentContact contact, List<PupilId> pupils, DateTimeOffset? at)
    {
        var review = contact.Ending switch
        {
            ContactEnding.NotMadeRisk => contact.ReviewOn,
            ContactEnding.HeldOnAgencyAdvice => contact.ReviewOn ?? IncidentClocks.HeldReviewDay(draft.Setting.Now, draft.Setting.Facts.Calendar),
            _ => null,
        };
        draft.Add(new ParentsContactRecorded(
            step.Number, contact.Ending, draft.Text(contact.Who), contact.How, draft.Text(contact.Said), draft.Text(contact.Reason), contact.AdvisedBy, review,
            review is { } day ? draft.Setting.Begins(day) : null, contact.Contact, pupils, at is { } done ? Microseconds.Truncate(done) : null));
    }

    private static bool Empty(string? text) => string.IsNullOrWhiteSpace(text);
}
