using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    /// <param name="pupils">Whom the plan is about, where their devices were removed for an earlier one.</param>
    public static Result<Events> Triage(IncidentState state, SchoolFacts facts, TriageIncident command, CommandContext context, IReadOnlyList<PupilFact>? pupils = null)
    {
        var setting = new Setting(facts, context);
        var compiled = Compile(state, setting, command);
        if (!compiled.Ok)
        {
            return Result<Events>.Failed(compiled.Errors);
        }

        var plan = compiled.Value;
        if ((state.Path is not null || plan.Path is not null) && MaterialAddresses.In([command.Reason, .. command.Steps.SelectMany(s => new[] { s.Note, s.ToDo })]))
        {
            return IncidentStepErrors.LinkIn("reason");
        }

        var rules = Asked(state, command, plan, pupils ?? []);
        if (CheckToDo(command.ToDo ?? [], rules, plan.Path ?? state.Path?.Path) is { } wrong)
        {
            return wrong;
        }

        var technical = IsTechnical(setting, state, command);
        var draft = new IncidentDraft(state, setting);
        var given = state.Plan().Where(s => s.Status == StepStatus.Open).ToList();
        var agreements = rules.Select(r => r.Rule).Where(r => r.Kind == StepKind.AccessStrategy).ToList();
        var steps = rules.Select((s, i) => Assign(setting, state.Steps.Count + i + 1, s.Rule, draft.Text(s.Chosen?.Note), given.Find(g => Promised(g, s.Rule))) with
        {
            ToDo = WordsOf(draft, command, s, given),
            FulfilledFor = SettledFor(state, s, pupils ?? [], agreements) is { Count: > 0 } settled ? settled : null,
        }).ToList();
        draft.Add(new IncidentTriaged(
            command.Nature, FourCsOf(setting, command), command.Awareness, plan.Path, plan.Path is { } path ? StartOf(state, path) : null, plan.PathFromFloor, command.Serious, facts.PolicyVersion,
            facts.Version, [.. command.Devices.Distinct().Except(state.Devices)], steps, [.. given.Select(s => s.Number)], setting.Policy?.Closing, setting.Policy?.Debrief?.MonitorFor,
            draft.Text(command.Reason), StandingOfTriager(setting, state, technical), technical));
        draft.SeeAsActor();
        TakeEarlierReferrals(draft, plan.Path is null ? null : LeftAt(state));
        TellOwners(draft, steps);
        return draft.Finish();
    }

    // What was handed to a cover goes back with the rest, though they may triage by a role of their own as well.
    private static Standing? StandingOfTriager(Setting setting, IncidentState state, bool technical) =>
        state.Owner == setting.Person && state.Standing is { } standing
            ? setting.StandingOf(new Holder(setting.Person!.Value, Role.Dsl, null, standing.For), by: setting.OwnersBy(technical, true, null))
            : setting.ActorAs(setting.OwnersBy(technical, true, null));

    private static DomainError? CheckTriage(IncidentState state, Setting setting, TriageIncident command)
    {
        if (!state.Exists)
        {
            return IncidentErrors.NotFound;
        }

        var technicalOnly = !setting.IsLead && !setting.Holds(setting.Recipients(technical: false));
        if (technicalOnly && !(state.IsTechnical() && setting.Holds(setting.Recipients(technical: true)) && IsTechnical(setting, state, command)))
        {
            return setting.Holds(setting.Recipients(technical: true)) && state.IsTechnical() ? IncidentErrors.TechnicalOnly : DomainError.NotAllowed($"whoever the policy names for reports, {IncidentErrors.Leads}");
        }

        return state.IsClosed() ? IncidentErrors.AlreadyClosed
            : state.Closure is not null ? IncidentClosingErrors.AlreadyAsked
            : state.TriagedAt is not null && string.IsNullOrWhiteSpace(command.Reason) ? IncidentErrors.RetriageReason
            : setting.Policy is null && command.Nature is not null ? IncidentErrors.NatureWithoutPolicy
            : setting.Policy is not null && string.IsNullOrWhiteSpace(command.Nature) ? IncidentErrors.NatureMissing
            : FourCsOf(setting, command).Count == 0 && !IsTechnical(setting, state, command) ? IncidentErrors.FourCsMissing
            : null;
    }

    // What the policy says of the nature, unless the DSL says otherwise for this case.
    private static List<FourC> FourCsOf(Setting setting, TriageIncident command) =>
        [.. (command.FourCs.Count > 0 ? command.FourCs : setting.Policy?.Natures.FirstOrDefault(n => n.Id == command.Nature)?.FourCs ?? []).Distinct().Order()];

    // A technical incident that turns out to concern a child is no longer the network manager's to triage.
    private static bool IsTechnical(Setting setting, IncidentState state, TriageIncident command) =>
        command.Path is null && (setting.Policy is { } policy ? policy.Natures.Any(n => n.Id == command.Nature && n.Technical) : state.IsTechnical());

    // What the police asked to keep sealed would be free at once.
    private static DomainError? CheckPath(IncidentState state, GuardedPath? path, TriageIncident command) =>
        state.Path is not { } current || path == current.Path ? null
        : !Finished(current.State) && !(current.Path == GuardedPath.NudesAmongUnder18 && path == GuardedPath.IllegalMaterial) ? IncidentErrors.PathNotLeft
        : path is null && !current.DevicesReleased && state.Devices.Count + command.Devices.Count > 0 ? IncidentErrors.DevicesFrozen
        : null;

    private static bool Finished(PathState state) =>
        state is PathState.NotConfirmed or PathState.NoFurtherAction or PathState.DecidedWithoutReply or PathState.InternalDecision;

    private static PathState StartOf(IncidentState state, GuardedPath path) =>
        state.Path is { } current && current.Path == path ? current.State
        : IsPoliceTold(state) ? PathState.WithAgencies
        : path == GuardedPath.IllegalMaterial ? PathState.Stopped
        : PathState.AwaitsReview;

    /// <summary>Of what leads onto the path now; what they were told on one that was left before is not meant.</summary>
    private static bool IsPoliceTold(IncidentState state)
    {
        var left = LeftAt(state);
        return state.Referrals.Exists(r => r.Agency == Agency.Police && r.Decision == ReferralDecision.Referred && !IsBefore(left, r.At));
    }

    /// <summary>A path that was left is not entered halfway: whoever was told then, and what was done, was about something else.</summary>
    private static bool IsOfPathLeft(IncidentState state, IncidentStep step) =>
        StandardSteps.IsOfPath(step.Rule.Kind) && step.End is { } end && IsBefore(LeftAt(state), end.RecordedAt);

    /// <summary>When a guarded path was left before the present one, or the next, began; null: none was. One that follows another without a gap goes on with it.</summary>
    private static DateTimeOffset? LeftAt(IncidentState state) => state.PastPaths.LastOrDefault(p => state.Path is not { } path || p.EndedAt < path.BeganAt)?.EndedAt;

    private static bool IsBefore(DateTimeOffset? left, DateTimeOffset at) => at <= left;

    // Answered "no", found unnecessary or waived under a milder rule is not done: the new plan asks again.
    private static bool Keeps(IncidentStep ended, StepRule rule) =>
        ended.Rule.Id == rule.Id && ended.Rule.Kind == rule.Kind && (ended.Rule.Mode == rule.Mode || ended.Rule.Mode == StepMode.Do) && ended.Status switch
        {
            StepStatus.Done => ended.End?.Answer != false,
            StepStatus.Waived => rule.WaivableBy.Count > 0,
            _ => false,
        };

    /// <summary>A milder plan gave devices back, or another agreement is to be made, and no strategy stands for them: they are to be removed anew.</summary>
    /// <param name="agreements">The strategies that the new plan asks for and that were neither agreed by all nor waived.</param>
    private static bool CameBack(IncidentState state, IncidentStep ended, IReadOnlyList<PupilFact> pupils, List<StepRule> agreements) => ended switch
    {
        { Rule.Kind: StepKind.RemoveAllDevices, Status: StepStatus.Done } => Concerned(state).Any(p => HoldsAgain(state, p, pupils, agreements)),
        // What was given up for another row's sake is asked again with this row's agreement.
        { Rule.Kind: StepKind.RemoveAllDevices, Status: StepStatus.Waived } => IsAnother(state, agreements) && Concerned(state).Any(p => HoldsAgain(state, p, pupils, agreements)),
        _ => false,
    };

    // What was agreed for this incident, or decided without an agreement, stays decided, also when the agreement has ended: unless another is to be made.
    private static bool HoldsAgain(IncidentState state, PupilId pupil, IReadOnlyList<PupilFact> pupils, List<StepRule> agreements) =>
        pupils.FirstOrDefault(p => p.Pupil == pupil) is { Holds: true, Left: false, InForce: false } fact
        && (IsAnother(state, agreements)
            || !(fact.Strategy || (state.Plan().Where(s => s.Rule.Kind == StepKind.AccessStrategy).ToList() is { Count: > 0 } agreed && agreed.TrueForAll(s => s.Status == StepStatus.Waived || s.FulfilledFor.Contains(pupil)))));

    private static bool IsAnother(IncidentState state, List<StepRule> agreements) => agreements.Exists(r => !state.Plan().Any(s => Promised(s, r)));

    // What the DSL chose anew has another id; of two steps of their own wording nobody can say that they are one.
    private static bool Promised(IncidentStep given, StepRule rule) =>
        given.Rule.Kind == rule.Kind
        && (given.Rule.Id == rule.Id
            || (rule.Kind != StepKind.Custom && ResponsePlan.IsChosen(rule) && ResponsePlan.IsChosen(given.Rule) && given.Rule.Owners.SequenceEqual(rule.Owners)));

    private static AssignedStep Assign(Setting setting, int number, StepRule rule, Personal<string>? note, IncidentStep? before = null)
    {
        var owner = setting.Find(rule) ?? (setting.Person is { } actor ? new Holder(actor, Role.Dsl, Role.Dsl) : null);
        var times = IncidentClocks.Times(rule, setting.Now, setting.Facts.Calendar);
        // Triage again must not buy time for what was already promised.
        var earlier = before?.Times is { } old && (times is null ? StandardSteps.AwaitsLeave(rule) : old.DueAt < times.DueAt);
        return new AssignedStep(number, rule, note, owner?.Person, owner?.Role, owner?.Instead, earlier ? before!.From : setting.Now, earlier ? before!.Times : times, setting.StandingOf(owner, by: owner is null ? null : [owner.Role], missing: owner?.Instead));
    }

    private static void TellOwners(IncidentDraft draft, IEnumerable<AssignedStep> steps)
    {
        var owners = steps.Where(s => s.Rule.Kind != StepKind.InformRole && s.Owner is not null && s.Owner != draft.Setting.Person)
            .Select(s => new Holder(s.Owner!.Value, s.OwnerRole!.Value, s.Instead)).DistinctBy(h => h.Person);
        foreach (var owner in owners.ToList())
        {
            draft.Notify(NoticeKind.StepAssigned, owner);
        }
    }

    // A referral made before there was a plan has already kept the plan's promise.
    /// <param name="left">When a guarded path was left: what was referred on it was about something else.</param>
    private static void TakeEarlierReferrals(IncidentDraft draft, DateTimeOffset? left)
    {
        foreach (var referral in draft.State.Referrals.Where(r => r.Decision == ReferralDecision.Referred && !IsBefore(left, r.At)).ToList())
        {
            if (draft.State.Plan().FirstOrDefault(s => s.Status == StepStatus.Open && s.Rule.Kind == KindOf(referral.Agency) && !AskedAnew(draft.State, s, referral)) is { } step)
            {
                draft.EndStep(new StepDone(step.Number, Actor.Of(referral.By ?? draft.State.Reporter), referral.At, Answer(step, true), null, null, [], null));
            }
        }
    }

    // A referral that the DSL chooses though one was made for another step is a further one.
    private static bool AskedAnew(IncidentState state, IncidentStep step, IncidentReferral referral) =>
        ResponsePlan.IsChosen(step.Rule) && referral.Step is { } made && state.Step(made)?.Status == StepStatus.Done;

    private static bool? Answer(IncidentStep step, bool answer) => step.Rule.Mode == StepMode.Consider ? answer : null;
}
