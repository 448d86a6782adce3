using System.Text;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>What is written: names appear nowhere, and what is read back is what was written.</summary>
public sealed class StoredTests
{
    private readonly RecordingKeyring _keyring = new();

    [Fact]
    public void Kinds_are_read_as_they_were_written_before_they_had_types()
    {
        Assert.Equal(NoticeKind.IncidentReportedImmediate, StoredJson.Read<NoticeKind>("\"incident-reported-immediate\""u8));
        Assert.Equal("\"daily-check\"", Encoding.UTF8.GetString(StoredJson.Write(TaskKind.DailyCheck)));
        Assert.Equal("daily-check", TaskTables.Word(TaskKind.DailyCheck));
    }

    [Fact]
    public void A_whole_life_is_stored_without_a_readable_name_and_reads_back_in_full()
    {
        var world = WholeLife();
        var append = Store(world, out var state);

        var written = append.Events.Select(e => e.Payload).Concat(append.Rows.Select(r => r.Body)).Concat(append.Outbox.Select(o => o.Payload)).Append(StoredJson.Write(state)).ToList();
        Assert.All(written, w => Assert.DoesNotContain("canary", Encoding.UTF8.GetString(w.Span), StringComparison.OrdinalIgnoreCase));
        Assert.All(append.Due, d => Assert.DoesNotContain("canary", d.What, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(KeyOwner.Of(Key.Stream), Assert.Single(_keyring.Owners));

        using var opening = new OpeningScope(_keyring, Key);
        var view = StoredJson.Read<IncidentView>(append.Rows.Single(r => r.Table == IncidentTables.Incident).Body.Span);
        Assert.Equal(("Canary Amelia showed a site", "Canary room 4"), (view.What, view.Place));
        Assert.Equal(("https://canary.example/x", "Canary pictures"), (view.Addresses[0].Address, view.Addresses[0].Description));
        Assert.Contains(view.Steps, s => s.Outcome == "Canary outcome" && s.By == Dsl);
        Assert.Contains(view.Steps, s => s.Contacts.Any(c => c.Said == "Canary told"));
        Assert.Contains(view.Referrals, r => r.Handler == "Canary worker" && r.AgencyName is null);
        Assert.Equal(("Canary findings", "Canary change"), (view.Debrief!.Findings, view.Debrief.Changes[0].What));
        Assert.Equal("Canary end", view.Closure!.Summary);
        Assert.Equal("Canary mixed up", Assert.Single(view.Corrections).Reason);
    }

    [Fact]
    public void A_snapshot_reads_back_as_the_same_state()
    {
        Store(WholeLife(), out var state);
        var text = StoredJson.Write(state);
        Assert.Equal(Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(StoredJson.Write(StoredJson.Read<IncidentState>(text))));
    }

    [Fact]
    public void Both_paths_read_back_with_what_was_decided()
    {
        var world = Triaged(Nudes);
        Ok(world.Review(new ReviewNude(false, true, false, false, false, false, false, "Canary coercion")));
        Ok(world.Refer(Agency.Police));
        Ok(world.Police(new RecordPoliceResponse(PoliceOutcome.NoReply, "Canary silence", null, null)));
        Ok(world.Decide(new DecideWithoutReply(WithoutReply.InternalProcedure, Agency.SocialCare, "Canary advice", "Canary why", false, null), Head));
        Ok(world.Decide(new DecideWithoutReply(WithoutReply.InternalProcedure, Agency.SocialCare, "Canary advice", "Canary why", false, null), Dsl));
        var append = Store(world, out _);
        using var opening = new OpeningScope(_keyring, Key);
        var path = StoredJson.Read<IncidentView>(append.Rows.Single(r => r.Table == IncidentTables.Incident).Body.Span).Path!;
        Assert.Equal((PathState.DecidedWithoutReply, "Canary coercion", "Canary silence", "Canary why"), (path.State, path.Review!.Reason, path.PoliceAnswers[0].Advice, path.Decision!.Reason));
        Assert.Contains(PathAction.ViewMaterial, path.Refused);
    }

    [Fact]
    public void Every_event_of_an_incident_has_a_stored_name_of_its_own() =>
        Assert.All(
            typeof(IncidentState).Assembly.GetTypes().Where(t => t.Namespace == typeof(IncidentState).Namespace && t.IsDefined(typeof(EventNameAttribute), false)),
            t => Assert.StartsWith("incident.", EventNames.All.Single(e => e.Value == t).Key, StringComparison.Ordinal));

    [Fact]
    public void Tasks_and_notices_say_nothing_of_the_incident()
    {
        var world = WholeLife();
        Assert.All(world.Messages.Where(m => m.Kind == Notice.Message), m => Assert.Equal($"/incidents/{Id}", ((Notice)m.Body).Path));
        Assert.All(Triaged().Rows().Select(r => r.Body).OfType<TaskRow>(), t => Assert.DoesNotContain("canary", t.Title, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_teacher_or_key_worker_has_no_row_but_the_receipt_of_their_own_report()
    {
        var rows = Triaged().Rows();
        Assert.DoesNotContain(rows, r => r.Body is TaskRow t && (t.Owner == Teacher || t.Owner == KeyWorker));
        Assert.Equal([IncidentTables.Incident.Name, IncidentTables.IncidentReceipt.Name], rows.Where(r => r.Values.Contains(Teacher.ToString())).Select(r => r.Table.Name));
    }

    [Fact]
    public void A_pupils_line_names_no_other_pupil_and_no_measure_against_another()
    {
        var pupil = AReport.People[0];
        var world = Triaged(report: AReport with { People = [pupil, pupil with { Pupil = Ben, Part = PupilPart.Affected }] });
        Ok(world.Complete("confiscate-device"));
        Ok(world.Complete(world.Done("support-pupil") with { Pupils = [Amy, Ben] }));
        var lines = world.Rows().Where(r => r.Table == IncidentTables.IncidentPupil).ToDictionary(r => ((IncidentPupilView)r.Body).Pupil);
        var (amy, ben) = ((IncidentPupilView)lines[Amy].Body, (IncidentPupilView)lines[Ben].Body);
        Assert.Equal((PupilPart.Alleged, PupilPart.Affected), (amy.Part, ben.Part));
        Assert.Contains(amy.Done, d => d.Kind == StepKind.ConfiscateDevice);
        Assert.DoesNotContain(ben.Done, d => d.Kind == StepKind.ConfiscateDevice);
        Assert.DoesNotContain(Amy.ToString(), Encoding.UTF8.GetString(StoredJson.Write(ben)), StringComparison.Ordinal);
        Assert.Equal($"{Id}#{Ben}", lines[Ben].Id);
    }

    [Fact]
    public void A_link_carries_the_reference_and_nothing_else_to_the_other_side()
    {
        var world = Triaged();
        var other = new IncidentId(Guid.NewGuid());
        Refused("NOT_FOUND", Link(world, new LinkIncidents(other, null), exists: false));
        Refused("LINK_ONE", Link(world, new LinkIncidents(null, null)));
        Refused("LINK_ONE", Link(world, new LinkIncidents(other, "K7QF-2M9X")));
        Refused("LINK_SELF", Link(world, new LinkIncidents(Id, null)));
        Refused("REFERENCE_WRONG", Link(world, new LinkIncidents(null, "Canary Amelia")));
        Refused("NOT_ALLOWED", Link(world, new LinkIncidents(other, null), by: Teacher));

        Ok(Link(world, new LinkIncidents(other, null)));
        Nothing(Link(world, new LinkIncidents(other, null)));
        var message = Assert.Single(world.Messages, m => m.Kind == IncidentLinkMade.Kind);
        Assert.Equal($"{{\"from\":\"{Id}\"}}", Encoding.UTF8.GetString(StoredJson.Write(message.Body, message.Body.GetType())));

        var before = world.State;
        var from = new IncidentId(Guid.NewGuid());
        Ok(world.Keep(world.AsSystem(), _ => IncidentDecider.LinkedFrom(world.State, from)));
        Nothing(world.Keep(world.AsSystem(), _ => IncidentDecider.LinkedFrom(world.State, from)));
        Assert.Equal(before, world.State with { Links = before.Links });
        Nothing(world.Keep(world.AsSystem(), _ => IncidentDecider.LinkedFrom(IncidentState.Empty, from)));
    }

    [Fact]
    public void A_link_to_another_school_is_a_reference_only_and_sends_nothing()
    {
        var world = Triaged();
        var messages = world.Messages.Count;
        Ok(Link(world, new LinkIncidents(null, "K7QF-2M9X"), exists: false));
        Assert.Equal("K7QF-2M9X", Assert.Single(world.State.Links).OtherSchoolReference);
        Assert.Equal(messages, world.Messages.Count);
    }

    private static Result<Grains.Events> Link(IncidentWorld world, LinkIncidents command, bool exists = true, PersonId? by = null) =>
        world.Keep(by ?? Dsl, c => IncidentDecider.Link(world.State, world.Facts, command, exists, c));

    private static IncidentWorld WholeLife()
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing });
        Ok(world.Refer(new RecordReferral(null, Agency.SocialCare, ReferralDecision.Referred, Reference: "Canary 1", Handler: "Canary worker")));
        Ok(world.Complete("support-pupil"));
        Ok(world.Complete(world.Done("parents") with { Parents = new ParentContact(ContactEnding.Made, "Canary mother", ContactWay.Telephone, "Canary told", null, null, null) }));
        Ok(world.Debrief(new DebriefIncident("Canary findings", [Dsl], [new ChangeAgreed("Canary change", Head, new DateOnly(2026, 11, 20))], null, true, "Canary gap")));
        world.EndEverything();
        Ok(world.Keep(Dsl, c => IncidentDecider.Correct(world.State, world.Facts, new CorrectRecord(CorrectedField.PupilPart, "Canary mixed up", Pupil: Amy, Part: PupilPart.Witness), c)));
        Ok(world.Close());
        return world;
    }

    private Append Store(IncidentWorld world, out IncidentState state)
    {
        var (append, next) = Appending.Compose(new IncidentModel(), _keyring, Key, 0, IncidentState.Empty, Grains.Events.Of([.. world.Events]), world.As(Dsl), default, 1000);
        state = next;
        return append;
    }

    /// <summary>Turns every value over, so that nothing of it can be read in what is stored.</summary>
    internal sealed class RecordingKeyring : IKeyring
    {
        public HashSet<KeyOwner> Owners { get; } = [];

        public ValueTask ReserveAsync(int newOwners, CancellationToken ct) => ValueTask.CompletedTask;

        public string Seal(StreamKey stream, long version, string field, KeyOwner owner, ReadOnlySpan<byte> plain, ICollection<KeyAssignment> assigned)
        {
            Owners.Add(owner);
            return $"p1:{field}:{version}:{Convert.ToBase64String(plain)}";
        }

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
