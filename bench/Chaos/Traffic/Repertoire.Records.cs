using System.Collections.Concurrent;
using System.Text.Json;

namespace OnlineSafetyTrust.Chaos.Traffic;

/// <summary>Commands about records that earlier commands made.</summary>
internal sealed partial class Repertoire
{
    private static readonly DateTimeOffset Happened = new(2026, 11, 20, 10, 15, 0, TimeSpan.Zero);
    private static readonly string[] OnlyContact = ["CONTACT"];
    private readonly ConcurrentQueue<string> _untriaged = [];
    private readonly ConcurrentQueue<string> _untaken = [];

    /// <summary>What an acknowledged reply makes possible.</summary>
    public void Learn(Command command, Reply reply)
    {
        if (reply.Answer == Answer.Acknowledged && command.Mutation is "reportIncident" or "registerDevice")
        {
            using var payload = JsonDocument.Parse(reply.Payload);
            if (command.Mutation == "reportIncident")
            {
                _untriaged.Enqueue(payload.RootElement.GetProperty("receipt").GetProperty("incidentId").GetString()!);
            }
            else
            {
                _untaken.Enqueue(payload.RootElement.GetProperty("device").GetProperty("id").GetString()!);
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

    private Command TriageIncident() => !_untriaged.TryDequeue(out var incident) ? ReportIncident() : Make("triageIncident", Role.Dsl, "incident { id status }", id => new
    {
        incidentId = incident,
        nature = "inappropriate-material",
        fourCs = OnlyContact,
        awareness = "UNKNOWING",
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
