using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>A scripted school on the real host: what its people do, as commands to its grains.</summary>
internal sealed class SimulatedSchool(RunningGateway gateway, TermSchool script)
{
    private readonly Dictionary<string, PersonId> _people = [];
    private readonly Dictionary<int, PupilId> _pupils = [];

    public TenantId Id { get; } = TenantId.School(Guid.CreateVersion7());

    public TermSchool Script => script;

    private ISchoolGrain School => gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(Id).ToString());

    public string NameOf(PersonId person) => _people.Single(p => p.Value == person).Key;

    public int NumberOf(PupilId pupil) => _pupils.Single(p => p.Value == pupil).Key;

    public string AddressOf(string name) => $"{name}@{script.Name}.example".ToLowerInvariant();

    public PupilId Pupil(TermPupil pupil) => _pupils[pupil.Number];

    public async Task EstablishAsync(TenantId trust, IEnumerable<TermPupil> pupils)
    {
        await TwoSchools.Done(School.EstablishAsync(TwoSchools.System(Id), new EstablishSchool(trust, script.Urn, script.Name, Phase.Special, Nation.England, ["7", "8", "9"], "Worcestershire", null, null)));
        await SetCalendarAsync(script.Calendar);
        await TwoSchools.Done(School.AdoptPolicyAsync(TwoSchools.System(Id), new AdoptPolicy("wyre-forest", null)));
        foreach (var (name, role) in TermSchool.Staff)
        {
            await AppointAsync(name, role, new(2020, 9, 1));
        }

        foreach (var pupil in pupils)
        {
            await RegisterAsync(pupil);
        }
    }

    public async Task CloseAsync(Closing closing)
    {
        var facts = (await School.GetFactsAsync(0))!;
        var closure = new SchoolClosure(closing.Day, closing.Day, closing.Why, TermDates.Utc(closing.Day, closing.Announced));
        // Facts know when a school is closed, not why.
        await SetCalendarAsync(facts.Calendar with { Closures = [.. facts.Calendar.Closures.Select(c => c with { Reason = "Announced before" }), closure] });
    }

    public Task CoverAsync(Standing cover) =>
        TwoSchools.Done(School.ArrangeCoverAsync(TwoSchools.System(Id), new ArrangeCover(_people[cover.Absent], _people[cover.Cover], cover.From, cover.To)));

    /// <summary>A class teacher leaves for good and another one takes the class.</summary>
    public async Task ReplaceTeacherAsync(IEnumerable<TermPupil> pupils)
    {
        await AppointAsync(TermSchool.Successor, Role.ClassTeacher, new(2026, 11, 23));
        await TwoSchools.Done(School.RecordLeaverAsync(TwoSchools.System(Id), new RecordLeaver(_people["teacher1"])));
        foreach (var pupil in pupils.Where(p => p.Class == 1))
        {
            await TwoSchools.Done(Grain(pupil).UpdateAsync(TwoSchools.System(Id), new UpdatePupil(ClassTeacher: new Change<PersonId?>(_people[TermSchool.Successor]))));
        }
    }

    public Task ScheduleAsync(TermPupil pupil, DateOnly from) => TwoSchools.Done(Checks(pupil).ScheduleAsync(As("dsl"), new ScheduleChecks(
        Pupil(pupil), from, pupil.By, [CheckItem.NoDeviceHeld], "The blue case", pupil.ByKeyWorker ? CheckerKind.KeyWorker : CheckerKind.ClassTeacher,
        DevicesRemoved: pupil.DevicesRemoved, ReviewOn: pupil.ReviewOn)));

    public async Task RecordAsync(TermPupil pupil, DateOnly day, Recording recording, bool twice)
    {
        var context = As(script.Checker(pupil, TermDates.DayOf(recording.At), recording.At));
        var command = new RecordCheck(day, Enum.Parse<CheckResult>(recording.Result), recording.Result == "Concern" ? "A second device" : null, pupil.DevicesRemoved);
        var first = await TwoSchools.Done(Checks(pupil).RecordAsync(context, command));
        if (twice)
        {
            Assert.Equivalent(first, await TwoSchools.Done(Checks(pupil).RecordAsync(context, command)));
        }
    }

    public Task AnswerAsync(TermPupil pupil, DateOnly day, DateOnly today) =>
        TwoSchools.Done(Checks(pupil).AnswerConcernAsync(As(script.Holder("dsl", today)), new AnswerConcern(day, null, "Spoken to the pupil")));

    public Task ContinueAsync(TermPupil pupil) => TwoSchools.Done(Checks(pupil).ContinueAsync(As("dsl"), new ContinueChecks(new(2027, 6, 30), "Still needed")));

    public Task EndAsync(TermPupil pupil) => pupil.Ends == Ending.PupilLeaves
        ? TwoSchools.Done(Grain(pupil).RecordLeftAsync(TwoSchools.System(Id), new RecordPupilLeft(TermDates.DayOf(pupil.EndsAt!.Value))))
        : TwoSchools.Done(Checks(pupil).EndAsync(As("dsl"), new EndChecks("No longer needed")));

    public Task SendAsync(DateOnly monday, DateOnly today) => TwoSchools.Done(
        gateway.Grains.GetGrain<IWeeklyUpdateGrain>(WeekKey.Of(Id, monday).ToString()).SubmitAsync(As(script.Holder("dsl", today)), new SubmitWeeklyUpdate("Seen to")));

    private Task<SchoolView> SetCalendarAsync(SchoolCalendar calendar) => TwoSchools.Done(School.SetCalendarAsync(TwoSchools.System(Id), new SetCalendar(calendar)));

    private async Task AppointAsync(string name, Role role, DateOnly from)
    {
        var person = await TwoSchools.Done(School.AddPersonAsync(TwoSchools.System(Id), new AddPerson(name, AddressOf(name), null, null)));
        await TwoSchools.Done(School.AssignRoleAsync(TwoSchools.System(Id), new AssignRole(person.Id, role, from, null)));
        _people[name] = person.Id;
    }

    private async Task RegisterAsync(TermPupil pupil)
    {
        _pupils[pupil.Number] = new PupilId(Guid.CreateVersion7());
        await TwoSchools.Done(Grain(pupil).RegisterAsync(TwoSchools.System(Id), new RegisterPupil(
            $"Pupil {pupil.Number}", new(2014, 5, 1), null, "7", $"7{pupil.Class}", Phase.Special, true, _people["worker"], _people[$"teacher{pupil.Class}"], null, null)));
    }

    private CommandContext As(string name) => new(Id, Actor.Of(_people[name]), "daily-check", Guid.NewGuid(), Guid.NewGuid(), default);

    private IPupilGrain Grain(TermPupil pupil) => gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(Id, Pupil(pupil)).ToString());

    private ICheckScheduleGrain Checks(TermPupil pupil) => gateway.Grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(Id, Pupil(pupil)).ToString());
}
