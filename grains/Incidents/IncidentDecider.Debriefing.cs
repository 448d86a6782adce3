using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    public static Result<Events> Debrief(IncidentState state, SchoolFacts facts, DebriefIncident command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if ((CheckLead(state, setting) ?? Forbidden(state, PathAction.Debrief) ?? CheckDebrief(state, setting, command)) is { } error)
        {
            return error;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        var until = command.MonitorUntil ?? (state.MonitorFor is { } period ? setting.Day.AddDays(period.ApproximateDays) : null);
        var first = state.Debrief?.Changes.Count ?? 0;
        var head = setting.Find([Role.Headteacher]);
        // Somebody has it until it is done, and says what came of it.
        ChangeAgreed[] review = command.PolicyFellShort && head is not null ? [new($"Review the policy: {command.PolicyReason!.Trim()}", head.Person, setting.Day.AddDays(PolicyReviewDays))] : [];
        draft.Add(new IncidentDebriefed(
            draft.Required(command.Findings), [.. command.Present.Distinct()],
            [.. command.Changes.Concat(review).Select((c, i) => ChangeOf(setting, first + i + 1, draft.Required(c.What), c))],
            until, until is { } day ? setting.Begins(day) : null, command.PolicyFellShort, draft.Text(command.PolicyReason)));
        foreach (var step in draft.State.Plan().Where(s => s.Status == StepStatus.Open && (s.Rule.Kind == StepKind.Debrief || (s.Rule.Kind == StepKind.ReviewPolicy && command.PolicyFellShort))).ToList())
        {
            draft.EndStep(new StepDone(step.Number, context.Actor, context.Now, Answer(step, true), null, null, [], null));
        }

        if (command.PolicyFellShort && head is not null)
        {
            draft.Notify(NoticeKind.PolicyReviewRaised, head);
        }

        return draft.Finish();
    }

    // No policy says by when.
    private const int PolicyReviewDays = 28;

    private static IncidentChange ChangeOf(Setting setting, int number, Personal<string> what, ChangeAgreed agreed)
    {
        var holder = ActingFor(setting, null, agreed.Owner, null, null, setting.Find([Role.Dsl]))!;
        return new IncidentChange(number, what, holder.Person, agreed.DueOn, setting.Ends(agreed.DueOn), Standing: setting.StandingOf(holder), OwnerReads: true);
    }

    public static Result<Events> CompleteChange(IncidentState state, SchoolFacts facts, CompleteChange command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        var change = state.Debrief?.Changes.Find(c => c.Number == command.Change);
        if (!state.Exists)
        {
            return IncidentErrors.NotFound;
        }

        if (change is null)
        {
            return IncidentClosingErrors.ChangeNotFound;
        }

        if (!setting.IsLead && !(setting.IsStaff && (change.Owner == setting.Person || facts.StandIn(change.Owner, setting.Day) == setting.Person)))
        {
            return IncidentClosingErrors.ChangeNotYours;
        }

        if (LinkOn(state, "outcome", command.Outcome) is { } link)
        {
            return link;
        }

        var draft = new IncidentDraft(state, setting);
        return change.DoneAt is not null ? Events.None : Events.Of(new ChangeDone(change.Number, draft.Text(command.Outcome)));
    }

    public static Result<Events> ReviewMonitoring(IncidentState state, SchoolFacts facts, ReviewMonitoring command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (CheckLead(state, setting) is { } error)
        {
            return error;
        }

        if (state.Debrief?.Watching() != true)
        {
            return IncidentClosingErrors.NotMonitored;
        }

        if (Empty(command.Findings))
        {
            return IncidentClosingErrors.FindingsMissing;
        }

        if (LinkOn(state, "findings", command.Findings) is { } link)
        {
            return link;
        }

        if (command.ExtendTo < setting.Day)
        {
            return IncidentClosingErrors.MonitorInPast;
        }

        var draft = new IncidentDraft(state, setting);
        draft.Add(new MonitoringReviewed(draft.Required(command.Findings), command.ExtendTo, command.ExtendTo is { } day ? setting.Begins(day) : null));
        foreach (var step in draft.State.Plan().Where(s => command.ExtendTo is null && s.Status == StepStatus.Open && s.Rule.Kind == StepKind.Monitor).ToList())
        {
            draft.EndStep(new StepDone(step.Number, context.Actor, context.Now, Answer(step, true), null, null, [], null));
        }

        return draft.Finish();
    }

    private static DomainError? CheckDebrief(IncidentState state, Setting setting, DebriefIncident command) =>
        state.Debrief is { BeforeReopening: false } ? IncidentClosingErrors.AlreadyDebriefed
        : Empty(command.Findings) ? IncidentClosingErrors.FindingsMissing
        : command.Changes.Any(c => Empty(c.What) || c.DueOn < setting.Day || !setting.Facts.IsHere(c.Owner)) ? IncidentClosingErrors.ChangeIncomplete
        : command.MonitorUntil < setting.Day ? IncidentClosingErrors.MonitorInPast
        : command.PolicyFellShort && Empty(command.PolicyReason) ? IncidentClosingErrors.PolicyReasonMissing
        : command.Present.Any(p => setting.Facts.Staff.All(s => s.Person != p)) ? IncidentClosingErrors.PresentUnknown
        : LinkOn(state, "findings", [command.Findings, command.PolicyReason, .. command.Changes.Select(c => c.What)]);
}
