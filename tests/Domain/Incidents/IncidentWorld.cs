using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using OnlineSafetyTrust.Grains.Policies;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>A school, its people, one incident and a clock: given events, when command, then events.</summary>
internal sealed class IncidentWorld
{
    public static readonly TenantId School = TenantId.School(Guid.Parse("01900000-0000-7000-8000-000000000001"));
    public static readonly IncidentId Id = new(Guid.Parse("01900000-0000-7000-8000-0000000000aa"));
    public static readonly StreamKey Key = IncidentKey.Of(School, Id);
    public static readonly PersonId Dsl = P(1), Deputy = P(2), Head = P(3), NetworkManager = P(4), Pastoral = P(5), Teacher = P(6), KeyWorker = P(7), Senior = P(8);
    public static readonly PupilId Amy = new(Guid.Parse("01900000-0000-7000-8000-0000000001aa"));
    public static readonly PupilId Ben = new(Guid.Parse("01900000-0000-7000-8000-0000000001bb"));
    public static readonly DeviceId Phone = new(Guid.Parse("01900000-0000-7000-8000-0000000002aa"));
    public static readonly DeviceId Tablet = new(Guid.Parse("01900000-0000-7000-8000-0000000002bb"));

    private static readonly IncidentModel Model = new();
    private static readonly Lazy<CompiledPolicy> Wyre = new(() => PolicyCompiler.Compile(ShippedPacks.Find("wyre-forest").Value!, ShippedPacks.FloorOf(Nation.England, new(2026, 9, 1))).Value!);

    public IncidentWorld()
    {
        Facts = new SchoolFacts(
            School, TenantId.Trust(Guid.Empty), 7, Nation.England, Phase.Special, Autumn,
            [
                Holds(Dsl, Role.Dsl), Holds(Deputy, Role.DeputyDsl), Holds(Head, Role.Headteacher), Holds(NetworkManager, Role.NetworkManager), Holds(Pastoral, Role.PastoralTeam),
                Holds(Teacher, Role.ClassTeacher), Holds(KeyWorker, Role.KeyWorker), Holds(Senior, Role.SeniorLeader),
            ],
            [], Wyre.Value, "1+1");
    }

    public static SchoolCalendar Autumn { get; } = new(
        [new SchoolTerm("Autumn", new DateOnly(2026, 9, 2), new DateOnly(2026, 12, 18), new DateOnly(2026, 10, 26), new DateOnly(2026, 10, 30))],
        [], [], new TimeOnly(9, 0), new TimeOnly(15, 30));

    public SchoolFacts Facts { get; set; }

    public IncidentState State { get; private set; } = IncidentState.Empty;

    /// <summary>A Tuesday, 10 o'clock in London and in UTC.</summary>
    public DateTimeOffset Now { get; set; } = At(11, 10, 10, 0);

    public List<object> Events { get; } = [];

    public List<Message> Messages { get; } = [];

    public List<Count> Counts { get; } = [];

    public static DateTimeOffset At(int month, int day, int hour, int minute) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);

    public static StaffFacts Holds(PersonId person, params IReadOnlyList<Role> roles) => new(person, [.. roles.Select(r => new RoleHolding(r, new DateOnly(2020, 9, 1), null))], false);

    public IncidentWorld WithoutPolicy()
    {
        Facts = Facts with { Policy = null, PolicyVersion = null };
        return this;
    }

    public IncidentWorld With(Func<PolicyPack, PolicyPack> change)
    {
        Facts = Facts with { Policy = Wyre.Value with { Policy = change(Wyre.Value.Policy) } };
        return this;
    }

    /// <summary>Nobody holds these people's roles any more.</summary>
    public IncidentWorld Without(params PersonId[] people)
    {
        Facts = Facts with { Staff = [.. Facts.Staff.Select(s => people.Contains(s.Person) ? s with { Left = true } : s)], Version = Facts.Version + 1 };
        return this;
    }

    public CommandContext As(PersonId person) => new(School, Actor.Of(person), "safeguarding", Guid.Empty, null, Now);

    public CommandContext AsSystem() => new(School, Actor.System, "system", Guid.Empty, null, Now);

    public static ReportIncident AReport => new(
        ReportKind.OnlineSafety, ImmediateDanger.No, false, OnBehalfOf.Self, AboutStaff.No, "Canary Amelia showed a site", At(11, 10, 9, 30), true, "Canary room 4",
        [new PupilInvolved(Amy, PupilPart.Alleged, new PupilDimensions("7", Phase.Secondary, true))], [Phone], [new AddressVisited("https://canary.example/x", "Canary pictures")]);

    public static TriageIncident ATriage => new("inappropriate-material", [FourC.Content], Awareness.Unknowing, null, false, [], [], null);

    public static TriageIncident Illegal => ATriage with { Nature = "illegal-material", Awareness = Awareness.Knowing };

    public static TriageIncident Nudes => ATriage with { Nature = "nudes-among-under-18s", Awareness = null, FourCs = [FourC.Conduct] };

    public Result<Events> Report(ReportIncident? command = null, PersonId? by = null) => Keep(by ?? Teacher, c => IncidentDecider.Report(State, Facts, Id, command ?? AReport, c));

    public Result<Events> Triage(TriageIncident? command = null, PersonId? by = null) => Keep(by ?? Dsl, c => IncidentDecider.Triage(State, Facts, command ?? ATriage, c, Known.Pupils));

    public Result<Events> See(PersonId by) => Keep(by, c => IncidentDecider.MarkSeen(State, Facts, c));

    /// <summary>What the grain finds out about devices and contacts before a step is completed.</summary>
    public StepFacts Known { get; set; } = StepFacts.None;

    public Result<Events> Complete(CompleteStep command, PersonId? by = null) => Keep(by ?? Dsl, c => IncidentDecider.Complete(State, Facts, command, c, Known));

    public Result<Events> Complete(string rule, PersonId? by = null) => Complete(Done(rule), by);

    public CompleteStep Done(string rule) => new(Step(rule).Number, null, null, "Canary outcome", null, null, []);

    public Result<Events> Waive(string rule, PersonId by, string reason = "Canary reason") => Keep(by, c => IncidentDecider.Waive(State, Facts, new WaiveStep(Step(rule).Number, reason), c));

    public Result<Events> Refer(RecordReferral command, PersonId? by = null) => Keep(by ?? Dsl, c => IncidentDecider.Refer(State, Facts, command, c));

    public Result<Events> Refer(Agency agency, PersonId? by = null) => Refer(new RecordReferral(null, agency, ReferralDecision.Referred, AgencyName: "Canary agency", Reference: "REF1"), by);

    public Result<Events> Review(ReviewNude command, PersonId? by = null) => Keep(by ?? Dsl, c => IncidentDecider.ReviewNude(State, Facts, command, c));

    public Result<Events> Police(RecordPoliceResponse command, PersonId? by = null) => Keep(by ?? Dsl, c => IncidentDecider.PoliceResponded(State, Facts, command, c));

    public Result<Events> Decide(DecideWithoutReply command, PersonId by) => Keep(by, c => IncidentDecider.DecideWithoutReply(State, Facts, command, c));

    public Result<Events> Debrief(DebriefIncident command, PersonId? by = null) => Keep(by ?? Dsl, c => IncidentDecider.Debrief(State, Facts, command, c));

    public Result<Events> Close(PersonId? by = null, string summary = "Canary end") => Keep(by ?? Dsl, c => IncidentDecider.Close(State, Facts, new CloseIncident(summary), c));

    public Result<Events> Keep(PersonId by, Func<CommandContext, Result<Events>> decide) => Keep(As(by), decide);

    /// <summary>Decides, checks that the events do what the state says, and folds them.</summary>
    public Result<Events> Keep(CommandContext context, Func<CommandContext, Result<Events>> decide)
    {
        var result = decide(context);
        foreach (var e in result.Value ?? Grains.Events.None)
        {
            var meta = new EventMeta(Events.Count + 1, context.Now, context.Actor);
            var next = State.Apply(e, meta);
            Assert.NotEqual(State, next);
            var moved = Model.Counts(State, e, next, meta).ToList();
            Assert.True(moved.TrueForAll(c => c.Counter != IncidentCounts.Incidents) || CountedEvents.Names.Contains(EventNames.Of(e)), EventNames.Of(e));
            Counts.AddRange(moved);
            Messages.AddRange(Model.Reactions(Key, State, e, next, meta));
            Events.Add(e);
            State = next;
        }

        return result;
    }

    /// <summary>Moves the clock, stopping at each deadline as the pump would.</summary>
    public List<object> Until(DateTimeOffset time)
    {
        var first = Events.Count;
        while (Due().Where(d => d.At <= time).OrderBy(d => d.At).ThenBy(d => d.What, StringComparer.Ordinal).FirstOrDefault() is { } due)
        {
            Now = due.At > Now ? due.At : Now;
            var before = Events.Count;
            Keep(AsSystem(), c => IncidentDecider.OnDue(State, Facts, due.What, c));
            Assert.True(Events.Count > before, $"Told of '{due.What}', the incident did nothing: the pump would ask for ever.");
        }

        Now = time > Now ? time : Now;
        return Events[first..];
    }

    public IReadOnlyList<DueRow> Due() => [.. Model.Due(State)];

    public IReadOnlyList<Row> Rows() => [.. Model.Rows(Key, State)];

    public IncidentStep Step(string rule) => State.Plan().Last(s => s.Rule.Id == rule);

    public IEnumerable<string> Open() => State.Plan().Where(s => s.Status == StepStatus.Open).Select(s => s.Rule.Id);

    /// <summary>An incident with a plan, at the time it was triaged.</summary>
    public static IncidentWorld Triaged(TriageIncident? triage = null, ReportIncident? report = null, Action<IncidentWorld>? before = null)
    {
        var world = new IncidentWorld();
        before?.Invoke(world);
        Ok(world.Report(report));
        world.Now += TimeSpan.FromMinutes(10);
        Ok(world.Triage(triage));
        return world;
    }

    /// <summary>Every step of the plan ended by whoever may.</summary>
    public void EndEverything()
    {
        for (var guard = 0; State.Plan().FirstOrDefault(State.IsReady) is { } step; guard++)
        {
            Assert.True(guard < 100, "The plan does not end.");
            Ok(End(step));
        }

        foreach (var referral in State.Referrals.Where(r => r.AwaitsAnswer()).ToList())
        {
            Ok(Refer(new RecordReferral(referral.Number, referral.Agency, ReferralDecision.Referred, Outcome: "Canary answer")));
        }
    }

    private Result<Events> End(IncidentStep step) => step switch
    {
        { Rule: { Mode: StepMode.Consider, Kind: StepKind.ReferPolice or StepKind.ReferSocialCare } } =>
            Refer(new RecordReferral(null, step.Rule.Kind == StepKind.ReferPolice ? Agency.Police : Agency.SocialCare, ReferralDecision.NotReferred, Reason: "No", WouldReopen: "More")),
        { Rule: { Mode: StepMode.Consider, Kind: StepKind.ReferLado } } => Refer(new RecordReferral(null, Agency.Lado, ReferralDecision.NotReferred, Reason: "No", WouldReopen: "More")),
        { Rule.Mode: StepMode.Consider } => Complete(new CompleteStep(step.Number, null, false, null, "not needed", null, [], StepWork.IsRecordedPerPupil(step.Rule.Kind) ? Left(step) : null)),
        { Rule.Kind: StepKind.ReferSocialCare } => Refer(Agency.SocialCare),
        { Rule.Kind: StepKind.ReferPolice } => Refer(Agency.Police),
        { Rule.Kind: StepKind.ContactParents } => Complete(new CompleteStep(step.Number, null, null, null, null, new ParentContact(ContactEnding.Made, "Mother", ContactWay.Telephone, "Told", null, null, null), [], Left(step))),
        { Rule.Kind: StepKind.SupportPupil } => Complete(new CompleteStep(step.Number, null, null, "done", "done", null, [], Left(step))),
        { Rule.Kind: StepKind.Debrief } => Debrief(new DebriefIncident("Found", [], [], null, false, null)),
        _ => Complete(new CompleteStep(step.Number, null, null, "done", "done", null, [])),
    };

    private List<PupilId> Left(IncidentStep step) => [.. IncidentDecider.Concerned(State, step.Rule.Kind).Except(step.FulfilledFor)];

    public static void Ok(Result<Events> result) => Assert.True(result.Ok, string.Join(" ", result.Errors.Select(e => $"{e.Code}: {e.Message}")));

    public static void Refused(string code, Result<Events> result)
    {
        Assert.Equal(code, Assert.Single(result.Errors).Code);
        Assert.DoesNotContain("Canary", result.Errors[0].Message, StringComparison.OrdinalIgnoreCase);
    }

    public static void Nothing(Result<Events> result)
    {
        Ok(result);
        Assert.Empty(result.Value!);
    }

    private static PersonId P(int n) => new(Guid.Parse($"01900000-0000-7000-8000-00000000000{n}"));
}
