using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Domain.Tests.Access;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Pupils;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Grains.Strategies;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Pupils;

public class PupilTests
{
    private static readonly StreamKey Key = PupilKey.Of(GivenSchool.Id, Pupil);

    private static readonly RegisterPupil Kim = new(
        "Kim Canary", new DateOnly(2014, 5, 6), "b801 2000 05001", "7", "7B", Phase.Secondary, true, GivenSchool.Of(Role.KeyWorker), GivenSchool.Of(Role.ClassTeacher), "src-1", "Canary Farm",
        [new PupilIdentifier("uln", "1234567890")]);

    private readonly StoredStream<PupilState> _pupil = new(new PupilModel(), Key);

    [Fact]
    public void A_registered_pupil_is_in_the_list_and_found_by_upn()
    {
        Register();

        var view = Assert.Single(_pupil.Rows<PupilView>(PupilTables.Pupil));
        Assert.Equal(("Kim Canary", new DateOnly(2014, 5, 6), "B801200005001", "Canary Farm"), (view.Name, view.DateOfBirth, view.Upn, view.OffSiteProvider));
        Assert.Equal("1234567890", view.Identifiers!.Single().Value);
        var lookup = Assert.Single(_pupil.Last!.Lookups);
        Assert.Equal(("upn", Pupil.ToString()), (lookup.Kind, lookup.Id));
    }

    [Fact]
    public void Their_checks_are_told_when_all_devices_are_to_be_away_and_when_no_more()
    {
        Register();
        var asked = new RemovalAsked(Incident, true);
        _pupil.Do(Product(Monday), (s, _) => s.Access.Note(asked));
        Assert.Contains(PupilChanged.Message, _pupil.Messages);
        Assert.True(_pupil.State.Access.DevicesAway);
        _pupil.Do(Product(Monday), (s, _) => s.Access.Note(new CustodyChanged(new DeviceId(Guid.NewGuid()), CustodyState.Removed, true, EssentialPurpose.None, Incident)));
        Assert.DoesNotContain(PupilChanged.Message, _pupil.Messages);
        // Interim terms say what may be used until it is agreed; what was taken stays taken.
        foreach (var supervision in (Supervision[])[Supervision.NoUse, Supervision.Supervised])
        {
            _pupil.Do(Product(Monday), (_, _) => AccessState.Note(new StrategyInForceChanged(StrategyStatus.Draft, new TermsRecord(supervision, null, null, null, null, null), MayLoosen: true)));
            Assert.DoesNotContain(PupilChanged.Message, _pupil.Messages);
            Assert.True(_pupil.State.Access.DevicesAway);
        }

        // Asked no more, what was taken for it waits for nothing.
        _pupil.Do(Product(Monday), (s, _) => s.Access.Note(asked with { Holds = false }));
        Assert.Contains(PupilChanged.Message, _pupil.Messages);
        Assert.False(_pupil.State.Access.DevicesAway);
    }

    [Fact]
    public void A_pupil_is_registered_once() => After(Register).Refused(By(Role.Dsl), "PUPIL_EXISTS", (s, c) => PupilDecider.Register(s, Facts, Kim, Pupil, c));

    [Theory]
    [InlineData(Role.ClassTeacher)]
    [InlineData(Role.KeyWorker)]
    [InlineData(Role.Governor)]
    public void Only_leaders_keep_the_roll(Role role)
    {
        _pupil.Refused(By(role), "NOT_ALLOWED", (s, c) => PupilDecider.Register(s, Facts, Kim, Pupil, c));
        Register();
        _pupil.Refused(By(role), "NOT_ALLOWED", (s, c) => PupilDecider.Update(s, Known(s), Facts, new UpdatePupil(Sen: false), c));
        _pupil.Refused(By(role), "NOT_ALLOWED", (s, c) => PupilDecider.SetContacts(s, [], Facts, new SetContacts([]), c));
        _pupil.Refused(By(role), "NOT_ALLOWED", (s, c) => PupilDecider.Leave(s, Facts, new RecordPupilLeft(new DateOnly(2026, 11, 1)), c));
        _pupil.Refused(By(role), "NOT_ALLOWED", (s, c) => PupilDecider.Return(s, Facts, new RecordPupilReturn(new DateOnly(2026, 11, 1)), c));
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        var wrong = Kim with
        {
            Name = " ", DateOfBirth = new DateOnly(2026, 11, 3), Upn = "A801200005001", YearGroup = "15", KeyWorker = new PersonId(Guid.NewGuid()), ClassTeacher = new PersonId(Guid.NewGuid()),
            Identifiers = [new PupilIdentifier("upn", "x")],
        };
        var errors = PupilDecider.Register(PupilState.Empty, Facts, wrong, Pupil, By(Role.Dsl)).Errors;
        Assert.Equal(["NAME_MISSING", "DATE_OF_BIRTH_WRONG", "UPN_WRONG", "YEAR_GROUP_UNKNOWN", "PERSON_UNKNOWN", "PERSON_UNKNOWN", "IDENTIFIER_WRONG"], errors.Select(e => e.Code));
        Assert.DoesNotContain(errors, e => e.Message.Contains("A801", StringComparison.Ordinal));
    }

    [Fact]
    public void An_update_tells_old_and_new_of_what_changed_and_nothing_else()
    {
        Register();
        var events = Update(new UpdatePupil(Name: "Kim Finch", YearGroup: "7", ClassName: new Change<string>("8A"), KeyWorker: new Change<PersonId?>(null)));

        var updated = Assert.IsType<PupilUpdated>(Assert.Single(events));
        Assert.Equal("Kim Finch", updated.After.Name!.Plain);
        Assert.NotNull(updated.Before.Name);
        Assert.Equal(("7B", "8A"), (_pupil.Keyring.Open(Key, updated.Before.ClassName), updated.After.ClassName!.Plain));
        Assert.Equal((GivenSchool.Of(Role.KeyWorker), (PersonId?)null), (updated.Before.KeyWorker!.Value, updated.After.KeyWorker));
        Assert.Null(updated.Before.YearGroup);
        Assert.Null(updated.Before.Upn);

        var view = Assert.Single(_pupil.Rows<PupilView>(PupilTables.Pupil));
        Assert.Equal(("Kim Finch", "8A", null, "B801200005001"), (view.Name, view.ClassName, view.KeyWorker, view.Upn));
        Assert.DoesNotContain("Kim", Encoding(_pupil.Last!.Events[0].Payload), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_update_twice_changes_nothing_the_second_time()
    {
        Register();
        var all = new UpdatePupil(
            "Kim Finch", new DateOnly(2014, 6, 6), new Change<string>(null), "8", new Change<string>(null), Phase.Special, false, new Change<PersonId?>(null), new Change<PersonId?>(null),
            new Change<string>(null), new Change<string>(null), []);
        Assert.Single(Update(all));
        Assert.Empty(Update(all));
        var view = Assert.Single(_pupil.Rows<PupilView>(PupilTables.Pupil));
        Assert.Null(view.Upn ?? view.ClassName ?? view.SourceId ?? view.OffSiteProvider);
    }

    [Fact]
    public void Contacts_are_read_apart_from_the_pupil_and_set_once()
    {
        Register();
        var contacts = new SetContacts([new PupilContact(Guid.NewGuid(), "Ann Canary", "mother", true, null, false, "01", null), new PupilContact(Guid.NewGuid(), "Bob Canary", "father", true, "No contact order", true, null, null)]);
        Assert.Single(_pupil.Do(By(Role.Dsl), (s, c) => PupilDecider.SetContacts(s, [], Facts, contacts, c)));
        var read = Assert.Single(_pupil.Rows<PupilContactsView>(PupilTables.Contacts)).Contacts!;
        Assert.Equal(contacts.Contacts, read);
        Assert.Empty(_pupil.Do(By(Role.Dsl), (s, c) => PupilDecider.SetContacts(s, read, Facts, contacts, c)));
        _pupil.Refused(By(Role.Dsl), "CONTACT_TWICE", (s, c) => PupilDecider.SetContacts(s, read, Facts, new SetContacts([read[0], read[0]]), c));
        _pupil.Refused(By(Role.Dsl), "CONTACT_NAME_MISSING", (s, c) => PupilDecider.SetContacts(s, read, Facts, new SetContacts([read[0] with { Name = "" }]), c));
    }

    [Fact]
    public void Contacts_replaced_what_a_colleague_had_written_meanwhile()
    {
        Register();
        PupilContact Named(string name) => new(Guid.NewGuid(), name, "mother", true, null, false, null, null);
        SetContacts[] sent = [new([Named("Ann Canary")], 0), new([Named("Bob Canary")], 0), new([Named("Bob Canary")], 1)];
        Assert.Single(_pupil.Do(By(Role.Dsl), (s, c) => PupilDecider.SetContacts(s, [], Facts, sent[0], c)));
        _pupil.Refused(By(Role.DeputyDsl), "CONTACTS_CHANGED", (s, c) => PupilDecider.SetContacts(s, sent[0].Contacts, Facts, sent[1], c));
        // The same as is there takes nothing from anybody.
        Assert.Empty(_pupil.Do(By(Role.DeputyDsl), (s, c) => PupilDecider.SetContacts(s, sent[0].Contacts, Facts, sent[0], c)));
        Assert.Equal(1, Assert.Single(_pupil.Rows<PupilContactsView>(PupilTables.Contacts)).Version);
        Assert.Single(_pupil.Do(By(Role.DeputyDsl), (s, c) => PupilDecider.SetContacts(s, sent[0].Contacts, Facts, sent[2], c)));
    }

    [Fact]
    public void A_pupil_leaves_and_returns()
    {
        Register();
        _pupil.Refused(By(Role.Dsl), "PUPIL_NOT_LEFT", (s, c) => PupilDecider.Return(s, Facts, new RecordPupilReturn(new DateOnly(2026, 11, 2)), c));
        _pupil.Refused(By(Role.Dsl), "LEAVES_LATER", (s, c) => PupilDecider.Leave(s, Facts, new RecordPupilLeft(new DateOnly(2026, 11, 3)), c));
        var left = new RecordPupilLeft(new DateOnly(2026, 11, 2));
        Assert.Single(_pupil.Do(By(Role.Dsl), (s, c) => PupilDecider.Leave(s, Facts, left, c)));
        Assert.Empty(_pupil.Do(By(Role.Dsl), (s, c) => PupilDecider.Leave(s, Facts, left, c)));
        Assert.Equal("PUPIL_LEFT", PupilDecider.OnRoll(_pupil.State)!.Code);
        _pupil.Refused(By(Role.Dsl), "RETURN_BEFORE_LEAVING", (s, c) => PupilDecider.Return(s, Facts, new RecordPupilReturn(new DateOnly(2026, 11, 1)), c));
        Assert.Single(_pupil.Do(By(Role.Dsl), (s, c) => PupilDecider.Return(s, Facts, new RecordPupilReturn(new DateOnly(2026, 11, 9)), c)));
        Assert.Null(PupilDecider.OnRoll(_pupil.State));
    }

    [Fact]
    public void The_devices_of_a_pupil_who_left_were_held_and_it_was_nobodys_task()
    {
        Register();
        var phone = new DeviceId(Guid.NewGuid());
        Note(CustodyState.Confiscated);
        Assert.Empty(_pupil.Rows<TaskView>(TaskTables.Task));

        var facts = Facts with { Covers = [new CoverPeriod(Of(Role.Dsl), Of(Role.HeadOfYear), new DateOnly(2026, 11, 4), new DateOnly(2026, 11, 4))] };
        _pupil.Do(By(Role.Dsl), (s, c) => Leavers.With(PupilDecider.Leave(s, facts, new RecordPupilLeft(new DateOnly(2026, 11, 2)), c), s, facts, c));
        Assert.Equal(2, _pupil.Messages.Count(m => m == PupilChanged.Message));
        Assert.Equal((TaskKind.LeaverDevices, Of(Role.Dsl)), Owned());
        Assert.Single(_pupil.Rows<SchoolFollower>(SchoolTables.Follower));

        // The DSL's cover has it for a day.
        var (what, at) = (Assert.Single(_pupil.Due).What, Assert.Single(_pupil.Due).At);
        Assert.Equal((LeaverDevices.Due, At(2026, 11, 4, 0, 0)), (what, at));
        _pupil.Do(Product(at), (s, c) => LeaverDevices.Assign(s, facts, c));
        Assert.Equal(Of(Role.HeadOfYear), Owned().Owner);
        Assert.Empty(_pupil.Do(Product(at), (s, c) => LeaverDevices.Assign(s, facts, c)));

        Note(CustodyState.Returned);
        Assert.Empty(_pupil.Rows<TaskView>(TaskTables.Task));
        Assert.Empty(_pupil.Rows<SchoolFollower>(SchoolTables.Follower));
        Assert.Empty(_pupil.Due);

        void Note(CustodyState custody) => _pupil.Do(Product(Monday), (s, _) => s.Access.Note(new CustodyChanged(phone, custody, false, EssentialPurpose.None)));

        (TaskKind Kind, PersonId Owner) Owned()
        {
            var task = Assert.Single(_pupil.Rows<TaskView>(TaskTables.Task));
            return (task.Kind, task.Owner);
        }
    }

    [Fact]
    public void A_roster_that_was_wrong_could_not_be_put_right_on_the_same_day()
    {
        Register();
        var today = new DateOnly(2026, 11, 2);
        _pupil.Do(Product(Monday), (s, c) => PupilDecider.Leave(s, Facts, new RecordPupilLeft(today), c));
        Assert.Single(_pupil.Do(Product(Monday), (s, c) => PupilDecider.Return(s, Facts, new RecordPupilReturn(today), c)));
    }

    [Fact]
    public void Bans_checks_and_strategy_of_a_leaver_ended_and_nobody_heard_of_it()
    {
        Register();
        var facts = Facts with { Covers = [new CoverPeriod(Of(Role.Dsl), Of(Role.HeadOfYear), new DateOnly(2026, 11, 4), new DateOnly(2026, 11, 4))] };
        Ban(Monday.AddDays(7));
        Leave(Monday);
        Assert.Equal((TaskKind.LeaverMeasures, Of(Role.Dsl), "A pupil has left, and what held for them ended (a ban): see to what must follow"), Owned());
        Assert.Equal(NoticeKind.LeaverMeasures, _pupil.Message<Notice>(Notice.Message).Kind);

        // Checks and strategy tell of it a moment later: one task, one mail.
        Ended(Measure.Strategy);
        Assert.DoesNotContain(Notice.Message, _pupil.Messages);
        Ended(Measure.DailyChecks);
        Assert.DoesNotContain(Notice.Message, _pupil.Messages);
        Assert.Empty(Ended(Measure.DailyChecks));
        Assert.Contains("(daily checks, a ban, an access strategy)", Owned().Title, StringComparison.Ordinal);
        Assert.Single(_pupil.Rows<SchoolFollower>(SchoolTables.Follower));

        // The DSL's cover has it for a day.
        var at = Assert.Single(_pupil.Due).At;
        _pupil.Do(Product(at), (s, c) => LeaverMeasures.Assign(s, facts, c));
        Assert.Equal((Of(Role.HeadOfYear), NoticeKind.LeaverMeasures), (Owned().Owner, _pupil.Message<Notice>(Notice.Message).Kind));

        _pupil.Refused(By(Role.ClassTeacher), "NOT_ALLOWED", (s, c) => LeaverMeasures.Settle(s, facts, c));
        _pupil.Do(By(Role.HeadOfYear, at), (s, c) => LeaverMeasures.Settle(s, facts, c));
        Assert.Empty(_pupil.Rows<TaskView>(TaskTables.Task));
        Assert.Empty(_pupil.Rows<SchoolFollower>(SchoolTables.Follower));
        Assert.Empty(_pupil.Due);
        _pupil.Refused(By(Role.Dsl), "NOTHING_ENDED", (s, c) => LeaverMeasures.Settle(s, facts, c));

        // Nothing begins again by itself, and that is somebody's to look at.
        Return(Monday.AddDays(7));
        Assert.Equal((TaskKind.ReturnerMeasures, Of(Role.Dsl)), (Owned().Kind, Owned().Owner));
        Assert.Contains("must begin again (daily checks, a ban, an access strategy)", Owned().Title, StringComparison.Ordinal);
        Assert.Equal(NoticeKind.ReturnerMeasures, _pupil.Message<Notice>(Notice.Message).Kind);
        _pupil.Do(By(Role.Dsl), (s, c) => LeaverMeasures.Settle(s, facts, c));
        Assert.Empty(_pupil.Rows<TaskView>(TaskTables.Task));

        // The next time only what ended then.
        Leave(Monday.AddDays(8));
        Return(Monday.AddDays(9));
        Assert.Empty(_pupil.Rows<TaskView>(TaskTables.Task));

        void Ban(DateTimeOffset until) => _pupil.Do(By(Role.Dsl), (s, c) => BanDecider.Set(s.Bans, facts, new BanTechnology(BanScope.Internet, null, null, until, "Canary", null, BanEnforcement.Account), new BanId(Guid.NewGuid()), Pupil, c));

        void Leave(DateTimeOffset now) => _pupil.Do(Product(now), (s, c) => Leavers.With(PupilDecider.Leave(s, facts, new RecordPupilLeft(London.DateOf(now)), c), s, facts, c));

        void Return(DateTimeOffset now) => _pupil.Do(Product(now), (s, c) => Leavers.With(PupilDecider.Return(s, facts, new RecordPupilReturn(London.DateOf(now)), c), s, facts, c));

        Events Ended(Measure what) => _pupil.Do(Product(Monday), (s, c) => Leavers.With(LeaverMeasures.Note(s, new MeasureEnded(what)), s, facts, c));

        (TaskKind Kind, PersonId Owner, string Title) Owned()
        {
            var task = Assert.Single(_pupil.Rows<TaskView>(TaskTables.Task));
            return (task.Kind, task.Owner, task.Title);
        }
    }

    [Fact]
    public void Checks_that_heard_of_the_leaving_when_the_pupil_was_back_are_told_all_the_same()
    {
        Register();
        var today = new DateOnly(2026, 11, 2);
        _pupil.Do(Product(Monday), (s, c) => PupilDecider.Leave(s, Facts, new RecordPupilLeft(today), c));
        _pupil.Do(Product(Monday), (s, c) => PupilDecider.Return(s, Facts, new RecordPupilReturn(today), c));
        _pupil.Do(Product(Monday), (s, c) => Leavers.With(LeaverMeasures.Note(s, new MeasureEnded(Measure.DailyChecks)), s, Facts, c));
        Assert.Equal(TaskKind.ReturnerMeasures, Assert.Single(_pupil.Rows<TaskView>(TaskTables.Task)).Kind);
    }

    [Fact]
    public void A_leaver_whom_nothing_held_is_nobodys_task()
    {
        Register();
        _pupil.Do(By(Role.Dsl, Monday.AddDays(-7)), (s, c) => BanDecider.Set(s.Bans, Facts, new BanTechnology(BanScope.Internet, null, null, Monday.AddHours(-1), "Canary", null, BanEnforcement.Account), new BanId(Guid.NewGuid()), Pupil, c));
        _pupil.Do(Product(Monday), (s, c) => Leavers.With(PupilDecider.Leave(s, Facts, new RecordPupilLeft(new DateOnly(2026, 11, 2)), c), s, Facts, c));
        Assert.Empty(_pupil.Rows<TaskView>(TaskTables.Task));
        Assert.DoesNotContain(Notice.Message, _pupil.Messages);
    }

    [Fact]
    public void Nothing_is_done_to_a_pupil_who_is_not_there()
    {
        _pupil.Refused(By(Role.Dsl), "NOT_FOUND", (s, c) => PupilDecider.Update(s, Known(s), Facts, new UpdatePupil(), c));
        _pupil.Refused(By(Role.Dsl), "NOT_FOUND", (s, c) => PupilDecider.SetContacts(s, [], Facts, new SetContacts([]), c));
        _pupil.Refused(By(Role.Dsl), "NOT_FOUND", (s, c) => PupilDecider.Leave(s, Facts, new RecordPupilLeft(default), c));
        _pupil.Refused(By(Role.Dsl), "NOT_FOUND", (s, c) => PupilDecider.Return(s, Facts, new RecordPupilReturn(default), c));
        Assert.Equal("NOT_FOUND", PupilDecider.OnRoll(_pupil.State)!.Code);
    }

    private static string Encoding(ReadOnlyMemory<byte> json) => System.Text.Encoding.UTF8.GetString(json.Span);

    private void Register() => _pupil.Do(Product(Monday), (s, c) => PupilDecider.Register(s, Facts, Kim, Pupil, c));

    private Events Update(UpdatePupil command) => _pupil.Do(By(Role.Dsl), (s, c) => PupilDecider.Update(s, Known(s), Facts, command, c));

    private StoredStream<PupilState> After(Action given)
    {
        given();
        return _pupil;
    }

    private KnownPupil Known(PupilState state) => state.Record is not { } r
        ? new KnownPupil(null, null, null, null, null, null, null)
        : new KnownPupil(
            _pupil.Keyring.Open(Key, r.Name), _pupil.Keyring.Open(Key, r.DateOfBirth), _pupil.Keyring.Open(Key, r.Upn), _pupil.Keyring.Open(Key, r.ClassName), _pupil.Keyring.Open(Key, r.SourceId), _pupil.Keyring.Open(Key, r.OffSiteProvider),
            _pupil.Keyring.Open(Key, r.Identifiers));
}
