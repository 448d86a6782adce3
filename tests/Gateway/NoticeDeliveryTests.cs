using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Notifications;
using OnlineSafetyTrust.Silo.Pumps;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.Tests;

public sealed class NoticeDeliveryTests
{
    private static readonly TenantId School = TenantId.School(Guid.Parse("01930000-0000-7000-8000-000000000001"));
    private static readonly PersonId Amy = new(Guid.Parse("01930000-0000-7000-8000-000000000002"));

    [Fact]
    public async Task The_story_of_the_address_with_two_ats_that_was_tried_for_ever_and_nobody_heard_of_it()
    {
        var settings = new SmtpTests.Settings(port: 1);
        using var sender = new SmtpMailSender(settings, TimeProvider.System);
        var grains = new ToldGrains();
        var delivery = new NoticeDelivery(new OneAddress("amy@dsl@school.example"), sender, new NoticeTexts(settings), new StreamModels(), grains.Factory, TimeProvider.System);
        var notice = new Notice(NoticeKind.StepAssigned, "/incidents/x", SchoolKey.Of(School), "n1");

        var dead = await Assert.ThrowsAsync<PermanentlyUndeliverableException>(() => delivery.DeliverAsync(Leased($"mail:{School}/{Amy}", StoredJson.Write(notice)), CancellationToken.None));

        var told = Assert.IsType<MessageNotice>(Assert.Single(grains.Told).Notice);
        Assert.Equal((Notice.FailedMessage, "n1", Amy), (told.Kind, StoredJson.Read<NoticeFailed>(told.Body).NoticeId, StoredJson.Read<NoticeFailed>(told.Body).To));
        Assert.DoesNotContain("amy", dead.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_reminder_to_whoever_cannot_be_written_to_was_gone_without_a_word()
    {
        var settings = new SmtpTests.Settings(port: 1);
        using var sender = new SmtpMailSender(settings, TimeProvider.System);
        var delivery = new NoticeDelivery(new OneAddress(Unreadable.Text), sender, new NoticeTexts(settings), new StreamModels(), new ToldGrains().Factory, TimeProvider.System);
        var notice = new Notice(NoticeKind.CheckOverdue, "/checks/x", null, null);

        await Assert.ThrowsAsync<PermanentlyUndeliverableException>(() => delivery.DeliverAsync(Leased($"mail:{School}/{Amy}", StoredJson.Write(notice)), CancellationToken.None));
    }

    [Fact]
    public async Task A_mail_went_out_again_because_the_proof_of_it_could_not_be_stored()
    {
        var (sender, failures) = (new CountingSender(), 1);
        var grains = new ToldGrains(_ => failures-- > 0 ? Task.FromException(new InvalidOperationException("no")) : Task.CompletedTask);
        var delivery = new NoticeDelivery(new OneAddress("amy@school.example"), sender, new NoticeTexts(new SmtpTests.Settings(port: 1)), new StreamModels(), grains.Factory, TimeProvider.System);
        var leased = Leased($"mail:{School}/{Amy}", StoredJson.Write(new Notice(NoticeKind.StepAssigned, "/incidents/x", SchoolKey.Of(School), "n1")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => delivery.DeliverAsync(leased, CancellationToken.None));
        await delivery.DeliverAsync(leased, CancellationToken.None);

        Assert.Equal((1, 2), (sender.Sent, grains.Told.Count));
        await delivery.DeliverAsync(Leased(leased.Message.Destination, leased.Message.Payload.ToArray()), CancellationToken.None);
        Assert.Equal(2, sender.Sent);
    }

    [Fact]
    public async Task An_incident_that_cannot_be_told_keeps_the_pupils_other_incidents_waiting_no_more()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var records = await SchoolRecords.MakeAsync(gateway, (await TwoSchools.FoundAsync(gateway)).First);
        var (pupil, teacher) = (new PupilId(records.Keys["Pupil"]), records.School.TokenOf(Role.ClassTeacher));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var input = new { danger = "NO", what = "Words in a chat", happenedAt = gateway.Clock.GetUtcNow().AddHours(-1), onSite = true, people = new[] { new { pupilId = ApiWorld.Id("Pupil", pupil.Value), role = "ALLEGED" } } };
            var answer = await gateway.QueryAsync("mutation($input: ReportIncidentInput!) { reportIncident(input: $input) { errors { code message } } }", new { input }, teacher);
            Assert.DoesNotContain("\"code\"", answer.ToString(), StringComparison.Ordinal);
        }

        var reader = gateway.Services.GetRequiredService<SystemReader>();
        var key = PupilKey.Of(records.School.Id, pupil);
        var open = (await reader.ViewAsync<IncidentPupilView>(records.School.Id, IncidentTables.IncidentPupil, "", 100, CancellationToken.None, ("pupil", pupil.Value.ToString("D")))).Count(l => l.Body.Status != IncidentStatus.Closed);
        var grains = new ToldGrains(_ => Task.FromException(new InvalidOperationException("no")));
        var delivery = new MessageDelivery(new StreamModels(), grains.Factory, gateway.Services.GetRequiredService<NoticeDelivery>(), reader);

        var failed = await Assert.ThrowsAsync<AggregateException>(() => delivery.DeliverAsync(Leased($"incidents-of:{key}", "{}"u8.ToArray()), CancellationToken.None));

        Assert.True(open >= 2, $"{open} open incidents");
        Assert.Equal(open, grains.Told.Select(t => t.Key).Distinct().Count());
        Assert.Contains($"{open} streams", failed.Message, StringComparison.Ordinal);
    }

    private static LeasedMessage Leased(string destination, byte[] payload) =>
        new(1, School, new OutboxMessage(Guid.NewGuid(), destination, Notice.Message, payload), 1, Guid.NewGuid(), 1);

    private sealed class CountingSender : IMailSender
    {
        public int Sent { get; private set; }

        public Task SendAsync(Mail mail, CancellationToken ct)
        {
            Sent++;
            return Task.CompletedTask;
        }
    }

    private sealed class OneAddress(string address) : IMailAddresses
    {
        public ValueTask<string?> FindAsync(TenantId tenant, PersonId person, CancellationToken ct) => ValueTask.FromResult<string?>(address);
    }
}
