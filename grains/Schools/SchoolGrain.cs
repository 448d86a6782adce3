using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.People;

namespace OnlineSafetyTrust.Grains.Schools;

internal sealed class SchoolGrain(SchoolModel model, StreamServices services, IKeyring keyring) : StreamGrain<SchoolState>(model, services), ISchoolGrain
{
    private SchoolFacts? _facts;

    public Task<Result<SchoolView>> EstablishAsync(CommandContext context, EstablishSchool command) =>
        HandleAsync(context, command, (s, c) => SchoolDecider.Establish(s, command, c), Reply);

    public Task<Result<SchoolView>> ChangeDetailsAsync(CommandContext context, ChangeSchoolDetails command) =>
        HandleAsync(context, command, (s, c) => SchoolDecider.ChangeDetails(s, command, c), Reply);

    public Task<Result<SchoolView>> SetCalendarAsync(CommandContext context, SetCalendar command) =>
        HandleAsync(context, command, (s, c) => SchoolDecider.SetCalendar(s, command, OpenShown(s.ClosureReasons), c), Reply);

    public Task<Result<SchoolView>> AdoptPolicyAsync(CommandContext context, AdoptPolicy command) =>
        HandleAsync(context, command, (s, c) => SchoolDecider.AdoptPolicy(s, command, c), Reply);

    public Task<Result<PolicyDecisionView>> DecidePolicyQuestionAsync(CommandContext context, DecidePolicyQuestion command) =>
        HandleAsync(context, command, (s, c) => PolicyQuestions.Decide(s, command, OpenShown, c), s => View(s.Decisions!.Find(d => d.Question == command.Question)!));

    public Task<Result<SchoolView>> SetSafeguardingNumbersAsync(CommandContext context, SetSafeguardingNumbers command) =>
        HandleAsync(context, command, (s, c) => SchoolDecider.SetNumbers(s, command, c), Reply);

    public Task<Result<SchoolView>> RecordRollAsync(CommandContext context, RecordRoll command) =>
        HandleAsync(context, command, (s, c) => SchoolDecider.RecordRoll(s, command, c), Reply);

    public Task<Result<PersonView>> AddPersonAsync(CommandContext context, AddPerson command)
    {
        var id = new PersonId(context.NewId("person"));
        var signIn = SignIns.Digest(keyring, Key.Tenant, command.SignIn);
        return HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Add(staff, command, signIn, id, OpenShown, c, day)), s => PersonOf(s, id));
    }

    public Task<Result<PersonView>> LinkSignInAsync(CommandContext context, LinkSignIn command)
    {
        var signIn = SignIns.Digest(keyring, Key.Tenant, command.SignIn);
        return HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Link(staff, command, signIn, c, day)), s => PersonOf(s, command.Person));
    }

    public Task<Result<PersonView>> AssignRoleAsync(CommandContext context, AssignRole command) =>
        HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Assign(staff, command, c, day)), s => PersonOf(s, command.Person));

    public Task<Result<PersonView>> UpdatePersonAsync(CommandContext context, UpdatePerson command) =>
        HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Update(staff, command, OpenShown, c, day)), s => PersonOf(s, command.Person));

    public Task<Result<PersonView>> EndRoleAsync(CommandContext context, EndRole command) =>
        HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.End(staff, command, c, day)), s => PersonOf(s, command.Person));

    public Task<Result<PersonView>> ArrangeCoverAsync(CommandContext context, ArrangeCover command) =>
        HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Cover(staff, command, c, day)), s => PersonOf(s, command.Cover));

    public Task<Result<PersonView>> CancelCoverAsync(CommandContext context, CancelCover command) =>
        HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Cancel(staff, command, c, day)), s => PersonOf(s, command.Absent));

    public Task<Result<PersonView>> RecordLeaverAsync(CommandContext context, RecordLeaver command) =>
        HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Leave(staff, command, c, day)), s => PersonOf(s, command.Person));

    public ValueTask<SchoolFacts?> GetFactsAsync(long knownVersion)
    {
        if (!State.Exists || knownVersion == Version)
        {
            return ValueTask.FromResult<SchoolFacts?>(null);
        }

        if (_facts?.Version != Version)
        {
            _facts = new SchoolFacts(
                Key.Tenant, State.Trust, Version, State.Nation, State.Phase, State.Calendar,
                [.. State.Staff.Members.Values.Select(m => new StaffFacts(m.Id, m.Roles, m.LeftAt is not null))],
                State.Staff.Covers, State.Policy, State.InForce?.Version);
        }

        return ValueTask.FromResult<SchoolFacts?>(_facts);
    }

    public async ValueTask<SchoolFacts?> RenewFactsAsync(long knownVersion)
    {
        if (Version <= knownVersion)
        {
            await LoadAsync(CancellationToken.None);
        }

        return await GetFactsAsync(knownVersion);
    }

    public override Task OnDueAsync(DueNotice due) => due.What switch
    {
        SchoolModel.Vacancies => HandleOwnAsync(SystemContext(Guid.CreateVersion7(Now)), due, (s, c) => (s.Vacancies ?? Vacancies.None).Look(s.Staff, c, London.DateOf(c.Now))),
        SchoolModel.Floor => HandleOwnAsync(SystemContext(Guid.CreateVersion7(Now)), due, SchoolDecider.RaiseFloor),
        _ => throw new InvalidOperationException($"A school has no deadline '{due.What}'."),
    };

    private static Result<Events> OnStaff(SchoolState state, CommandContext context, Func<StaffState, DateOnly, Result<Events>> decide) =>
        state.Exists
            ? (state.Vacancies ?? Vacancies.None).After(state.Staff, decide(state.Staff, London.DateOf(context.Now)), context, London.DateOf(context.Now))
            : SchoolErrors.NotEstablished;

    private SchoolView Reply(SchoolState state)
    {
        var view = SchoolModel.View(Key, state);
        return view with { Calendar = new ClosureReasonsView(OpenShown(state.ClosureReasons)).In(view.Calendar) };
    }

    private PolicyDecisionView View(PolicyDecision d) => new(d.Question, d.Asked, OpenShown(d.Decision), OpenShown(d.Reason), d.Version, d.By, d.At);

    private PersonView PersonOf(SchoolState state, PersonId id) => StaffRows.View(state.Staff, id, OpenShown);
}
