using System.Text;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Checks;
using static OnlineSafetyTrust.Domain.Tests.Checks.CheckWorld;

namespace OnlineSafetyTrust.Domain.Tests.Checks;

/// <summary>What is stored folds to what was decided, opens where it is read, and says nothing personal anywhere.</summary>
public class StoredFormTests
{
    private const string Canary = "Zebedee";
    private static readonly StreamKey Key = ChecksKey.Of(School, Pupil);
    private readonly CheckModel _model = new();
    private readonly SealedKeyring _keyring = new();
    private readonly List<StoredEvent> _journal = [];
    private readonly List<Append> _appends = [];
    private CheckState _state = CheckState.Empty;

    [Fact]
    public void Rows_and_deadlines_of_a_rebuild_are_those_that_were_written()
    {
        Everything();

        var folded = _model.Project(Key, _journal);

        Assert.Equal(_model.Due(_state), folded.Due);
        Assert.Equal(_model.Rows(Key, _state).Select(r => Text(StreamModel<CheckState>.Encode(r).Body)), folded.Rows.Select(r => Text(r.Body)));
        Assert.Equal(Text(StoredJson.Write(_state)), Text(StoredJson.Write(StoredJson.Read<CheckState>(StoredJson.Write(_state)))));
    }

    [Fact]
    public void A_check_and_its_note_could_no_longer_be_read_after_ten_school_days()
    {
        var world = new CheckWorld();
        Do(world, Dsl, (s, f, c) => CheckDecider.Schedule(s, f, Request(), Open, c));
        Do(world, Teacher, (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(Monday, CheckResult.PupilAbsent, Canary + " was ill"), Open, c));
        // Down for weeks: whole days come and go within one append.
        world.Now = At(Monday.AddDays(32), 10, 0);
        Do(world, null, (s, f, c) => CheckDeadlines.OnDue(s, f, c));
        Assert.Null(_state.Day(Monday));

        var stored = new Dictionary<string, string>();
        foreach (var append in _appends)
        {
            foreach (var gone in append.GoneRows.Where(r => r.Table == CheckTables.Check))
            {
                stored.Remove(gone.Id);
            }

            foreach (var row in append.Rows.Where(r => r.Table == CheckTables.Check))
            {
                stored[row.Id] = Text(row.Body);
            }
        }

        var folded = _model.Project(Key, _journal).Rows.Where(r => r.Table == CheckTables.Check).ToList();
        Assert.Equal(folded.Select(r => (r.Id, Text(r.Body))).Order(), stored.Select(r => (r.Key, r.Value)).Order());
        Assert.True(folded.Count > CheckState.SettledKept + 10, $"Only {folded.Count} days are kept.");
        using var opening = new OpeningScope(_keyring, Key);
        var check = StoredJson.Read<CheckView>(folded.Single(r => r.Id == $"{Pupil}@2026-11-09").Body.Span);
        Assert.Equal((CheckStatus.PupilAbsent, Canary + " was ill"), (check.Status, check.Note));
        Assert.Equal(0L, folded.Single(r => r.Id == $"{Pupil}@2026-11-09").Values[^1]);
    }

    [Fact]
    public void What_is_personal_is_sealed_everywhere_and_opens_in_the_views()
    {
        Everything();

        foreach (var append in _appends)
        {
            Assert.DoesNotContain(Canary, string.Join('\n', append.Events.Select(e => Text(e.Payload)).Concat(append.Rows.Select(r => Text(r.Body))).Concat(append.Outbox.Select(m => Text(m.Payload)))), StringComparison.Ordinal);
        }

        using var opening = new OpeningScope(_keyring, Key);
        var rows = _model.Project(Key, _journal).Rows;
        var check = StoredJson.Read<CheckView>(rows.Single(r => r.Id == $"{Pupil}@2026-11-09").Body.Span);
        Assert.Equal((Canary + " has a phone", Canary + "'s blue case", Teacher), (check.Note, check.LookForNote, check.RecordedBy!.Value));
        var schedule = StoredJson.Read<CheckScheduleView>(rows.Single(r => r.Table == CheckTables.Schedule).Body.Span);
        Assert.Equal(("The Farm, " + Canary, CheckerKind.OffSiteProvider), (schedule.ProviderName, schedule.Checker));
    }

    [Fact]
    public void A_checkers_rows_contain_nothing_of_the_incident()
    {
        Everything();

        foreach (var row in _appends.SelectMany(a => a.Rows).Where(r => r.Table != CheckTables.Schedule))
        {
            Assert.DoesNotContain("0000000000ff", Text(row.Body), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_check_with_a_note_can_be_corrected_because_the_earlier_note_stays_sealed_as_a_note()
    {
        var world = new CheckWorld();
        Do(world, Dsl, (s, f, c) => CheckDecider.Schedule(s, f, Request() with { LookForNote = Canary + "'s blue case" }, Open, c));
        Do(world, Teacher, (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(Monday, CheckResult.Concern, Canary + " has a phone"), Open, c));
        Do(world, Teacher, (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(Monday, CheckResult.Clear, Canary + " has a calculator"), Open, c));
        Do(world, Teacher, (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(Monday, CheckResult.PupilAbsent), Open, c));

        // Every event of the flow is written, read, and opens.
        using var opening = new OpeningScope(_keyring, Key);
        var events = _journal.ConvertAll(e => StoredJson.Read(e.Payload.Span, EventNames.TypeOf(e.Type)));
        Assert.Contains(events, e => e is CheckRecorded);
        var texts = events.OfType<CheckCorrected>().Select(e => (_keyring.Open(Key, e.Earlier?.Note), _keyring.Open(Key, e.Note)));
        Assert.Equal([(Canary + " has a phone", Canary + " has a calculator"), (Canary + " has a calculator", null)], texts);
        Assert.Equal(Text(StoredJson.Write(_state)), Text(StoredJson.Write(StreamModel<CheckState>.Fold(CheckState.Empty, _journal))));
        Assert.DoesNotContain(_journal, e => Text(e.Payload).Contains(Canary, StringComparison.Ordinal));
    }

    private void Everything()
    {
        var world = new CheckWorld();
        Do(world, Dsl, (s, f, c) => CheckDecider.Schedule(s, f, Request(incident: new IncidentId(Guid.Parse("01930000-0000-7000-8000-0000000000ff"))) with
        {
            LookForNote = Canary + "'s blue case", Checker = CheckerKind.OffSiteProvider, Provider = new("The Farm, " + Canary, "Mr " + Canary),
        }, Open, c));
        Do(world, Teacher, (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(Monday, CheckResult.Clear), Open, c));
        Do(world, Teacher, (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(Monday, CheckResult.Concern, Canary + " has a phone"), Open, c));
        world.Now = At(Monday.AddDays(2), 10, 0);
        Do(world, null, (s, f, c) => CheckDeadlines.OnDue(s, f, c));
        Do(world, Dsl, (s, f, c) => CheckDecider.AnswerConcern(s, f, new AnswerConcern(Monday, null, Canary + " had a calculator"), c));
        Do(world, Dsl, (s, f, c) => CheckDecider.Continue(s, f, new ContinueChecks(new(2027, 1, 20), "Not yet, " + Canary), c));
    }

    private void Do(CheckWorld world, PersonId? by, Func<CheckState, CheckFacts, CommandContext, Result<Events>> decide)
    {
        var context = By(by, world.Now);
        var decision = decide(_state, world.Facts, context);
        Assert.True(decision.Ok);
        var (append, next) = Appending.Compose(_model, _keyring, Key, _journal.Count, _state, decision.Value, context, ReadOnlyMemory<byte>.Empty, 100);
        foreach (var e in append.Events)
        {
            _journal.Add(new StoredEvent(0, Key, _journal.Count + 1, e.Type, append.At, append.Actor, null, Guid.Empty, e.Payload));
        }

        _appends.Add(append);
        _state = next;
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    /// <summary>Seals by base64 and holds a value to the stream and field it was sealed for.</summary>
    private sealed class SealedKeyring : IKeyring
    {
        public ValueTask ReserveAsync(int newOwners, CancellationToken ct) => ValueTask.CompletedTask;

        public string Seal(StreamKey stream, long version, string field, KeyOwner owner, ReadOnlySpan<byte> plain, ICollection<KeyAssignment> assigned) =>
            $"p1:{field}:{version}:{Convert.ToBase64String(plain)}";

        public ValueTask FetchAsync(IReadOnlyCollection<string> sealedTexts, CancellationToken ct) => ValueTask.CompletedTask;

        public ValueTask FetchFromAsync(IReadOnlyCollection<ReadOnlyMemory<byte>> documents, CancellationToken ct) => ValueTask.CompletedTask;

        public byte[]? Open(StreamKey stream, string field, string sealedText)
        {
            var parts = sealedText.Split(':');
            Assert.Equal(field, parts[1]);
            return Convert.FromBase64String(parts[3]);
        }

        public byte[] Digest(TenantId tenant, string kind, ReadOnlySpan<byte> value) => new byte[32];

        public ValueTask DestroyAsync(TenantId tenant, KeyOwner owner, CancellationToken ct) => ValueTask.CompletedTask;
    }
}
