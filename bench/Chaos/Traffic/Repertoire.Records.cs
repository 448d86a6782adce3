using System.Collections.Concurrent;
using System.Text.Json;

namespace OnlineSafetyTrust.Chaos.Traffic;

/// <summary>Commands about records that earlier commands made.</summary>
internal sealed partial class Repertoire
{
    private static readonly DateTimeOffset Happened = new(2026, 11, 20, 10, 15, 0, TimeSpan.Zero);
    private static readonly string[] OnlyContact = ["CONTACT"];
    private static readonly object[] OneStep = [new { kind = "CUSTOM", owner = "DSL", toDo = "Talk it over with the pupil.", deadline = "5 school days" }];
    private readonly ConcurrentQueue<string> _untriaged = [];
    private readonly ConcurrentQueue<string> _undone = [];
    private readonly ConcurrentQueue<string> _unclosed = [];
    private readonly ConcurrentQueue<string> _untaken = [];

    /// <summary>What an acknowledged reply makes possible.</summary>
    public void Learn(Command command, Reply reply)
    {
        var (next, record, id) = command.Mutation switch
        {
            "reportIncident" => (_untriaged, "receipt", "incidentId"),
            "triageIncident" => (_undone, "incident", "id"),
            "completeStep" => (_unclosed, "incident", "id"),
            "registerDevice" => (_untaken, "device", "id"),
            _ => (null, "", ""),
        };
        if (next is not null && reply.Answer == Answer.Acknowledged)
        {
            using var payload = JsonDocument.Parse(reply.Payload);
            var made = payload.RootElement.GetProperty(record);
            // The policy's whole plan stays open.
            if (!made.TryGetProperty("steps", out var steps) || steps.GetArrayLength() == 1)
            {
                next.Enqueue(made.GetProperty(id).GetString()!);
            }
        }
    }

    private Command ReportIncident()
    {
        var pupil = ground.Pupils[_random.Next(ground.Pupils.Count)];
        return Make("reportIncident", Role.ClassTeacher, "receipt { incidentId reference status reportedAt }", id => new
        {
            danger = "NO",
            what = $"Report {_made}: a game with open chat was used in the lesson.",
            happenedAt = Happened,
            onSite = true,
            place = "Room 4",
            people = new[] { new { pupilId = Global("Pupil", pupil.Value), role = "ALLEGED" } },
            addresses = new[] { new { address = "https://games.example/open-chat", description = "A game" } },
            commandId = id,
        }, null);
    }

    /// <summary>One in eight follows the policy's whole plan; for the others the DSL chooses one step, as for what no policy has a row for.</summary>
    private Command TriageIncident() => !_untriaged.TryDequeue(out var incident) ? ReportIncident() : Make("triageIncident", Role.Dsl, "incident { id steps { number } }", id => _made % 8 == 0
        ? new { incidentId = incident, nature = "inappropriate-material", fourCs = OnlyContact, awareness = "UNKNOWING", commandId = id }
        : new { incidentId = incident, nature = "suggested-access", fourCs = OnlyContact, steps = OneStep, reason = "The policy has no row for it.", commandId = id }, null);

    private Command CompleteStep() => !_undone.TryDequeue(out var incident) ? TriageIncident() : Make("completeStep", Role.Dsl, "incident { id }", id => new
    {
        incidentId = incident,
        step = 1,
        outcome = $"Talked it over ({_made}).",
        commandId = id,
    }, null);

    private Command CloseIncident() => !_unclosed.TryDequeue(out var incident) ? CompleteStep() : Make("closeIncident", Role.Dsl, "incident { id }", id => new
    {
        incidentId = incident,
        summary = $"Settled ({_made}).",
        commandId = id,
    }, null);

    private Command RegisterDevice() => Make("registerDevice", Role.ClassTeacher, "device { id }", id => new
    {
        ownership = "PERSONAL",
        kind = "PHONE",
        label = $"Phone {_made}",
        serial = $"SN-{id:N}",
        holder = new { pupilId = Global("Pupil", ground.Pupils[_random.Next(ground.Pupils.Count)].Value) },
        commandId = id,
    }, 1);

    private Command TakeDevice() => !_untaken.TryDequeue(out var device) ? RegisterDevice() : Make("takeDevice", Role.ClassTeacher, "device { id }", id => new
    {
        deviceId = device,
        taking = "CONFISCATE",
        place = "Office safe",
        lawfulGround = "Behaviour policy, section 91 of the Education and Inspections Act 2006",
        commandId = id,
    }, 1);
}
