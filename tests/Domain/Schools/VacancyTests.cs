using System.Text;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Grains.Schools;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Schools;

/// <summary>A3, K1: a school without DSL or head has somebody whose task that is.</summary>
public class VacancyTests
{
    private static readonly DateOnly Today = new(2026, 11, 2);
    private static readonly StreamKey Key = SchoolKey.Of(Id);

    private readonly SchoolModel _model = new();
    private readonly List<PersonId> _told = [];
    private SchoolState _state = SchoolState.Empty;

    public VacancyTests()
    {
        Store(new SchoolEstablished(TenantId.Trust(Guid.Empty), "100001", "A School", Phase.Primary, Nation.England, [], "885", null, null));
        foreach (var role in new[] { Role.Headteacher, Role.SeniorLeader, Role.DeputyDsl, Role.Dsl })
        {
            Store(new PersonAdded(Of(role), Personal.Of(KeyOwner.Of(Of(role)), "Name"), Personal.Of(KeyOwner.Of(Of(role)), "a@b"), null, null));
            Store(new RoleAssigned(Of(role), role, new(2020, 9, 1), null));
        }
    }

    [Fact]
    public void The_last_DSL_leaves_and_the_head_has_a_task_until_there_is_another()
    {
        Leave(Role.Dsl, Today);
        Assert.Equal([(Of(Role.Headteacher), TaskKind.RoleVacant)], Tasks());
        Assert.Equal([Of(Role.Headteacher)], _told);
        Leave(Role.DeputyDsl, Today);
        Assert.Equal([Of(Role.Headteacher)], _told);
        Decide(Today, s => StaffDecider.Assign(s, new AssignRole(Of(Role.SeniorLeader), Role.Dsl, Today.AddDays(3), null), By(Role.Headteacher), Today));
        Assert.Single(Tasks());
        Due(Today.AddDays(3));
        Assert.Empty(Tasks());
        Assert.Empty(_model.Due(_state));
    }

    [Fact]
    public void Whoever_had_the_task_leaves_and_the_next_in_line_is_told()
    {
        Leave(Role.Dsl, Today);
        Leave(Role.Headteacher, Today.AddDays(1));
        Assert.Equal([(Of(Role.SeniorLeader), TaskKind.RoleVacant), (Of(Role.SeniorLeader), TaskKind.RoleVacant)], Tasks());
        Assert.Equal([Of(Role.Headteacher), Of(Role.SeniorLeader)], _told);
    }

    [Fact]
    public void An_interim_DSLs_last_day_passes_and_the_head_is_told_at_midnight()
    {
        Leave(Role.Dsl, Today);
        Decide(Today, s => StaffDecider.Assign(s, new AssignRole(Of(Role.DeputyDsl), Role.Dsl, Today, Today.AddDays(9)), By(Role.Headteacher), Today));
        Assert.Empty(Tasks());
        _told.Clear();
        Due(Today.AddDays(10));
        Assert.Single(Tasks());
        Assert.Equal([Of(Role.Headteacher)], _told);
    }

    [Fact]
    public void A_vacancy_is_read_as_it_was_stored()
    {
        const string Stored = """{"vacancies":[{"role":"Dsl","since":"2026-11-02","owner":"00000000-0000-0000-0000-000000000001","at":"2026-11-02T10:00:00+00:00"}],"lookOn":"2026-11-12"}""";
        var read = StoredJson.Read<VacanciesFound>(Encoding.UTF8.GetBytes(Stored));

        Assert.Equal((Role.Dsl, Today, new DateOnly(2026, 11, 12)), (read.Vacancies[0].Role, read.Vacancies[0].Since, read.LookOn!.Value));
        Assert.Equal(Stored, Encoding.UTF8.GetString(StoredJson.Write(read)));
    }

    private void Leave(Role role, DateOnly day) => Decide(day, s => StaffDecider.Leave(s, new RecordLeaver(Of(role)), Product(Monday), day));

    private void Decide(DateOnly day, Func<StaffState, Result<Events>> decide)
    {
        var result = (_state.Vacancies ?? Vacancies.None).After(_state.Staff, decide(_state.Staff), Product(London.ToInstant(day, new(10, 0))), day);
        Assert.True(result.Ok);
        result.Value.ToList().ForEach(Store);
    }

    /// <summary>The deadline of that day: it must move or go.</summary>
    private void Due(DateOnly day)
    {
        var due = Assert.Single(_model.Due(_state));
        Assert.Equal(London.ToInstant(day, TimeOnly.MinValue), due.At);
        (_state.Vacancies ?? Vacancies.None).Look(_state.Staff, Product(due.At), day).ToList().ForEach(Store);
        Assert.DoesNotContain(due, _model.Due(_state));
    }

    private IEnumerable<(PersonId, TaskKind)> Tasks() => _model.Rows(Key, _state).Where(r => r.Table == TaskTables.Task).Select(r => (TaskView)r.Body).Select(t => (t.Owner, t.Kind));

    private void Store(object @event)
    {
        var (meta, before) = (new EventMeta(1, Monday, Actor.System), _state);
        _state = _state.Apply(@event, meta);
        _told.AddRange(_model.Reactions(Key, before, @event, _state, meta).Where(m => m.Kind == Notice.Message).Select(m => new PersonId(Guid.Parse(m.Destination.Split('/')[^1]))));
    }
}
