using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Demo;

/// <summary>Walks one incident: report, triage and first steps, follow-up, closing. Each act is its own command by the person whose job it is.</summary>
internal sealed class CaseWalk(DemoCase incident)
{
    private const string OtherAgency = "National reporting service";
    private readonly DemoSite _site = incident.Site;
    private readonly CaseDevices _devices = new(incident);
    private IReadOnlyList<StepView> _steps = [];
    private IncidentId _id;
    // As the record numbers them, from one; null: decided against.
    private readonly List<Agency?> _referrals = [];

    private IIncidentGrain Grain => _site.Get<IIncidentGrain>(IncidentKey.Of(_site.Tenant, _id));

    private PersonId Lead => incident.Number % 3 == 0 ? _site[Role.DeputyDsl] : _site[Role.Dsl];

    public void Plan(Timeline timeline)
    {
        var day = DemoCalendar.DayOf(incident.At);
        var triage = incident.Late ? DemoCalendar.At(_site.Calendar.NextSchoolDay(day), new TimeOnly(8, 40)) : incident.At.AddMinutes(25);
        var follow = Slot(triage, 5);
        timeline.Add(incident.At, "a report", ReportAsync);
        if (incident.Waits)
        {
            return;
        }

        timeline.Add(triage, "a triage", TriageAsync);
        if (incident.Watched)
        {
            // Not at once: the pupil first hears that their devices are away, which daily checks then know from the start.
            timeline.Add(triage.AddMinutes(2), "daily checks", WatchAsync);
            timeline.Add(follow, "a strategy", () => new Watch(incident, _id).AgreeAsync());
        }
        else
        {
            timeline.Add(follow, "a debrief", () => FollowUpAsync(DemoCalendar.DayOf(follow)));
            // Not at once: the device first hears that its incident asks for no strategy any more.
            timeline.Add(follow.AddMinutes(10), "a device's return", _devices.ReturnAsync);
            timeline.Add(Slot(follow, 15), "a closure", CloseAsync);
        }
    }

    private async Task ReportAsync()
    {
        incident.Pupils = incident.Kind.Technical ? [] : await CasePupils.ChooseAsync(incident);
        var reporter = incident.Alleged.Select(p => p.ClassTeacher).FirstOrDefault() ?? _site[Role.ClassTeacher, incident.Number];
        var context = _site.As(reporter, $"{incident.Id} report");
        _id = new IncidentId(context.NewId(IncidentKey.Kind));
        var dice = incident.Dice;
        await Grain.ReportAsync(context, new ReportIncident(
            incident.Kind.Technical ? ReportKind.Technical : ReportKind.OnlineSafety, ImmediateDanger.No, false, dice.Percent(15) ? OnBehalfOf.Pupil : OnBehalfOf.Self, AboutStaff.No,
            dice.Of(incident.Kind.Said), incident.At.AddMinutes(-20 - dice.Next(60)), dice.Percent(70), dice.Of(["Classroom", "Library", "Corridor", "At home", "School bus"]),
            [.. incident.Pupils.Select(p => new PupilInvolved(p.Pupil.Id, p.Part, new PupilDimensions(p.Pupil.YearGroup, p.Pupil.Phase, p.Pupil.Sen)))],
            await _devices.RegisterAsync(), Addresses(dice))).Done($"{incident.Id} report");
    }

    private async Task TriageAsync()
    {
        await SeeAsync(Lead, "before");
        var kind = incident.Kind;
        var view = await Grain.TriageAsync(_site.As(kind.Technical ? _site[Role.NetworkManager] : Lead, $"{incident.Id} triage"), new TriageIncident(
            kind.Nature, kind.FourCs, kind.Awareness, null, kind.Path is not null, [], kind.Steps ?? [], kind.Steps is null ? null : "The policy's table has no row for this.")).Done($"{incident.Id} triage");
        _steps = view.Steps;
        foreach (var person in view.Notifications.Select(n => n.To).Distinct())
        {
            await SeeAsync(person, "after");
        }

        await _devices.TakeAsync(_id, _steps);
        if (!incident.Watched)
        {
            await BeginAsync();
        }
    }

    private async Task WatchAsync()
    {
        await new Watch(incident, _id).ScheduleAsync();
        await BeginAsync();
    }

    private Task BeginAsync() => StepsAsync(s => !FollowsUp(s));

    private async Task FollowUpAsync(DateOnly today)
    {
        if (incident.Kind.Path is not null)
        {
            var answer = new RecordPoliceResponse(PoliceOutcome.NotConfirmed, "No offence; the school deals with it.", true, true);
            await Grain.RecordPoliceResponseAsync(_site.As(Lead, $"{incident.Id} police"), answer).Done($"{incident.Id} police");
        }

        for (var number = 1; number <= _referrals.Count; number++)
        {
            if (_referrals[number - 1] is not { } agency)
            {
                continue;
            }

            await Grain.RecordReferralAsync(
                _site.As(Lead, $"{incident.Id} referral {number} outcome"),
                new RecordReferral(number, agency, ReferralDecision.Referred, Outcome: "Advice given, no further action by the agency.", ParentsMayBeTold: true)).Done($"{incident.Id} referral news");
        }

        await StepsAsync(_ => true);
        var dice = new Dice($"{incident.Id} debrief");
        IReadOnlyList<ChangeAgreed> changes = dice.Percent(40)
            ? [new ChangeAgreed(dice.Of(["Show the class how to report a page.", "Look at the filter's categories again.", "Talk about group chats in assembly."]), _site[Role.OnlineSafetyLead], DemoCalendar.DayOf(incident.At).AddDays(60))]
            : [];
        await Grain.DebriefAsync(
            _site.As(Lead, $"{incident.Id} debrief"),
            new DebriefIncident("Those concerned were heard, and parents were content with how it was dealt with.", [_site[Role.Dsl], _site[Role.Headteacher]], changes, dice.Percent(40) ? today.AddDays(14) : null, false, null)).Done($"{incident.Id} debrief");
    }

    private async Task CloseAsync()
    {
        await StepsAsync(_ => true);
        var monitoring = await Grain.ReviewMonitoringAsync(_site.As(Lead, $"{incident.Id} review"), new ReviewMonitoring("Nothing further was seen.", null));
        if (!monitoring.Ok && monitoring.Errors.Any(e => e != IncidentClosingErrors.NotMonitored))
        {
            await Task.FromResult(monitoring).Done($"{incident.Id} review");
        }

        var view = await Grain.CloseAsync(_site.As(Lead, $"{incident.Id} close"), new CloseIncident("Dealt with as the policy says; no repetition.")).Done($"{incident.Id} close");
        if (view.Status == IncidentStatus.AwaitsApproval)
        {
            await Grain.ApproveClosureAsync(_site.As(_site[Role.Headteacher], $"{incident.Id} approve"), new ApproveClosure(true, null)).Done($"{incident.Id} approve");
        }
    }

    // In rounds, because steps wait for each other; what waits for something outside is left for later.
    private async Task StepsAsync(Func<StepView, bool> now)
    {
        var open = _steps.Where(now).ToList();
        for (var before = -1; open.Count != before;)
        {
            before = open.Count;
            var rest = new List<StepView>();
            foreach (var step in open)
            {
                if (!await StepAsync(step))
                {
                    rest.Add(step);
                }
            }

            open = rest;
        }

        _steps = [.. _steps.Where(s => !now(s)), .. open];
    }

    private async Task<IReadOnlyList<DomainError>> NoneHeldAsync(StepView step)
    {
        foreach (var pupil in incident.Alleged)
        {
            var context = _site.As(Lead, $"{incident.Id} step {step.Number} {pupil.Id}");
            if (Errors(await Grain.CompleteStepAsync(context, CaseSteps.NoneHeld(step, pupil.Id))) is { Count: > 0 } errors)
            {
                return errors.All(e => e.Code == "USE_REMOVAL")
                    ? Errors(await Grain.WaiveStepAsync(_site.As(_site[Role.Headteacher], $"{incident.Id} step {step.Number} waived"), new WaiveStep(step.Number, "The family keeps the other device at home.")))
                    : errors;
            }
        }

        return [];
    }

    private async Task<bool> StepAsync(StepView step)
    {
        if (_devices.Fulfils(step.Rule.Kind))
        {
            return true;
        }

        var answer = CaseSteps.AgencyOf(step.Rule.Kind) is { } agency
            ? await ReferAsync(step, agency)
            : step.Rule.Kind == StepKind.RemoveMaterial && await _devices.RemoveMaterialAsync(_id) is { } examined ? examined
            : step.Rule.Kind == StepKind.RemoveAllDevices ? await NoneHeldAsync(step)
            : CaseSteps.WaiverOf(step) is { } waiver ? Errors(await Grain.WaiveStepAsync(_site.As(_site[Role.Headteacher], $"{incident.Id} step {step.Number}"), waiver))
            : await CompleteAsync(step);
        if (answer.Count > 0 && answer.Any(e => e.Code is not ("STEP_ENDED" or "STEP_TOO_EARLY" or "PATH_FORBIDS")))
        {
            throw new InvalidOperationException($"Demo, {incident.Id} ({incident.Kind.Nature}), step {step.Rule.Id}: {string.Join("; ", answer.Select(e => e.Code + " " + e.Message))}");
        }

        return answer.All(e => e.Code == "STEP_ENDED");
    }

    private async Task<IReadOnlyList<DomainError>> CompleteAsync(StepView step)
    {
        var errors = new List<DomainError>();
        foreach (var complete in CaseSteps.Complete(step, incident))
        {
            var context = _site.As(CaseSteps.ActorOf(step.Rule.Kind, _site) ?? Lead, $"{incident.Id} step {step.Number} {complete.Pupils?[0]}".TrimEnd());
            errors.AddRange(Errors(await Grain.CompleteStepAsync(context, complete)));
        }

        return errors;
    }

    private async Task<IReadOnlyList<DomainError>> ReferAsync(StepView step, Agency agency)
    {
        var dice = new Dice($"{incident.Id} {agency}");
        if (step.Rule.Mode == StepMode.Consider && dice.Percent(80))
        {
            var against = Errors(await Grain.RecordReferralAsync(
                _site.As(Lead, $"{incident.Id} step {step.Number}"),
                new RecordReferral(null, agency, ReferralDecision.NotReferred, step.Number, agency == Agency.Other ? OtherAgency : null, Reason: "No sign of harm beyond this one event.", WouldReopen: "A second event, or anything said at home.")));
            if (against.Count == 0)
            {
                _referrals.Add(null);
            }

            return against;
        }

        var errors = Errors(await Grain.RecordReferralAsync(
            _site.As(Lead, $"{incident.Id} step {step.Number}"),
            new RecordReferral(null, agency, ReferralDecision.Referred, step.Number, agency == Agency.Other ? OtherAgency : null, $"REF-{10_000 + dice.Next(90_000)}", "Duty officer", "Received")));
        if (errors.Count == 0)
        {
            _referrals.Add(agency);
        }

        return errors;
    }

    private static IReadOnlyList<DomainError> Errors<T>(Result<T> result) => result.Errors;

    private async Task SeeAsync(PersonId person, string when) =>
        await Grain.MarkSeenAsync(_site.As(person, $"{incident.Id} seen {when} {person}")).Done($"{incident.Id} seen");

    private static bool FollowsUp(StepView step) =>
        step.Rule.Kind is StepKind.Debrief or StepKind.Monitor or StepKind.ReviewPolicy or StepKind.RemoveMaterial or StepKind.AccessStrategy or StepKind.DailyChecks or StepKind.WeeklyUpdate or StepKind.AwaitAgencyAdvice;

    private static IReadOnlyList<AddressVisited> Addresses(Dice dice) =>
        dice.Percent(30) ? [new AddressVisited($"https://site-{dice.Next(90) + 10}.example/page", "What the reporter saw there, in a sentence.")] : [];

    // Tuesdays and Fridays after school: the clock then stops at few places.
    private DateTimeOffset Slot(DateTimeOffset after, int days)
    {
        var day = DemoCalendar.DayOf(after).AddDays(days);
        while (day.DayOfWeek is not (DayOfWeek.Tuesday or DayOfWeek.Friday) || !_site.Calendar.IsSchoolDay(day))
        {
            day = day.AddDays(1);
        }

        return DemoCalendar.At(day, new TimeOnly(15, 50));
    }
}
