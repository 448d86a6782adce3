using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>What one school's part of the journal says, read as stored.</summary>
internal sealed class TermRecord
{
    private const int Page = 2000;
    private readonly SimulatedSchool _school;

    private TermRecord(SimulatedSchool school) => _school = school;

    public List<Told> Told { get; } = [];

    public List<string> Recordings { get; } = [];

    /// <summary>The week's counts when it was drafted and when it was sent.</summary>
    public List<string> Counted { get; } = [];

    public static async Task<TermRecord> ReadAsync(RunningGateway gateway, SimulatedSchool school)
    {
        var record = new TermRecord(school);
        var reader = gateway.Services.GetRequiredService<SystemReader>();
        IReadOnlyList<StoredEvent> page;
        var position = 0L;
        do
        {
            page = await reader.EventsAfterAsync(position, Page, CancellationToken.None);
            foreach (var e in page.Where(e => e.Key.Tenant == school.Id))
            {
                using var payload = JsonDocument.Parse(e.Payload);
                record.Note(e, payload.RootElement);
            }

            position = page.Count > 0 ? page[^1].Position : position;
        }
        while (page.Count > 0);
        return record;
    }

    private void Note(StoredEvent e, JsonElement body)
    {
        switch (e.Type)
        {
            case "check.overdue.v1":
                Add(e, body, body.GetProperty("stage").GetString() switch { "Checker" => "check-overdue", "Dsl" => "check-escalated", _ => "check-missed" }, Day(e, body), "notified");
                break;
            case "check.concern-found.v1":
                Add(e, body, "check-concern", Day(e, body), "notified");
                break;
            case "check.concern-overdue.v1":
                Add(e, body, body.GetProperty("stage").GetString() == "Dsl" ? "check-concern-overdue" : "check-concern-escalated", Day(e, body), "notified");
                break;
            case "checks.review-due.v1":
                Add(e, body, body.GetProperty("reminder").GetBoolean() ? "checks-review-overdue" : "checks-review", $"{Number(e)}", "notified");
                break;
            case "week.drafted.v1":
                Add(e, body, "weekly-update", Week(e), "notified");
                Counted.Add($"{Week(e)} drafted {Counts(body)}");
                break;
            case "week.overdue.v1":
                Add(e, body, body.GetProperty("stage").GetString() == "Owner" ? "weekly-update-overdue" : "weekly-update-escalated", Week(e), "notified");
                break;
            case "week.submitted.v1":
                Add(e, body, "weekly-update-sent", Week(e), "sentTo");
                Counted.Add($"{Week(e)} sent {Counts(body)}");
                break;
            case "check.recorded.v1":
                Recordings.Add($"{_school.Script.Name} {Day(e, body)} {body.GetProperty("result").GetString()}{(body.GetProperty("late").GetBoolean() ? " late" : "")}");
                break;
        }
    }

    private void Add(StoredEvent e, JsonElement body, string kind, string whose, string people)
    {
        var actual = Rounded(e.At);
        // That of a concern counts from when it was recorded, when the clock may have run on a little.
        var nominal = !body.TryGetProperty("nominalAt", out var at) ? actual : kind == "check-concern-overdue" ? Rounded(at.GetDateTimeOffset()) : at.GetDateTimeOffset();
        var to = string.Join(',', body.GetProperty(people).EnumerateArray().Select(p => _school.NameOf(new PersonId(p.GetGuid()))));
        Told.Add(new Told(_school.Script.Name, kind, whose, nominal, actual, to));
    }

    private static DateTimeOffset Rounded(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.FromMinutes(5).Ticks), TimeSpan.Zero);

    private static string Counts(JsonElement body)
    {
        var counts = body.GetProperty("counts");
        return string.Join(' ', new[] { "asked", "clear", "concern", "pupilAbsent", "deviceNotInSchool", "missed", "open", "late" }.Select(n => counts.GetProperty(n).GetInt32()));
    }

    private string Day(StoredEvent e, JsonElement body) => $"{Number(e)}@{body.GetProperty("date").GetString()}";

    private int Number(StoredEvent e) => _school.NumberOf(new PupilId(e.Key.Stream.Id));

    private static string Week(StoredEvent e) => e.Key.Stream.Value[(WeekKey.Kind.Length + 1)..];
}
