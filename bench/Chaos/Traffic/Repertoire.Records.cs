using System.Collections.Concurrent;
using System.Text.Json;

namespace OnlineSafetyTrust.Chaos.Traffic;

/// <summary>Commands about records that earlier commands made.</summary>
internal sealed partial class Repertoire
{
    private const string Refer = "REFER_";
    private static readonly DateTimeOffset Happened = new(2026, 11, 20, 10, 15, 0, TimeSpan.Zero);
    private static readonly string[] OnlyContact = ["CONTACT"];
    private static readonly object[] OneStep = [new { kind = "CUSTOM", owner = "DSL", toDo = "Talk it over with the pupil.", deadline = "5 school days" }];
    private readonly ConcurrentQueue<OpenIncident> _open = [];
    private readonly ConcurrentDictionary<Guid, OpenIncident> _followed = [];
    private readonly ConcurrentQueue<string> _untaken = [];

    /// <summary>What an acknowledged reply makes possible.</summary>
    public void Learn(Command command, Reply reply)
    {
        if (reply.Answer != Answer.Acknowledged)
        {
            return;
        }

        using var payload = JsonDocument.Parse(reply.Payload);
        switch (command.Mutation)
        {
            case "reportIncident":
                _open.Enqueue(new OpenIncident(payload.RootElement.GetProperty("receipt").GetProperty("incidentId").GetString()!, null));
                break;
            case "triageIncident" or "completeStep" or "recordReferral" when _followed.TryRemove(command.Id, out var followed):
                _open.Enqueue(followed with
                {
                    Steps = followed.Steps?.Skip(1).ToList() ?? [.. payload.RootElement.GetProperty("incident").GetProperty("steps").EnumerateArray().Select(Step)],
                });
                break;
            case "registerDevice":
                _untaken.Enqueue(payload.RootElement.GetProperty("device").GetProperty("id").GetString()!);
                break;
        }
    }

    private static OpenStep Step(JsonElement step)
    {
        var rule = step.GetProperty("rule");
        return new OpenStep(step.GetProperty("number").GetInt32(), rule.GetProperty("kind").GetString()!, rule.GetProperty("mode").GetString() == "CONSIDER");
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

    /// <summary>The next thing to do about an open one: triage, the steps of its plan, the closure.</summary>
    private Command FollowIncident() => !_open.TryDequeue(out var open) ? ReportIncident()
        : open.Steps is null ? TriageIncident(open)
        : open.Steps.Count > 0 ? Following(open, CompleteStep(open.Id, open.Steps[0]))
        : Make("closeIncident", Role.Dsl, "incident { id }", id => new { incidentId = open.Id, summary = $"Settled ({_made}).", commandId = id }, null);

    /// <summary>One in eight follows the policy's whole plan and stays open; for the others the DSL chooses one step, as for what no policy has a row for, and the law's questions are asked.</summary>
    private Command TriageIncident(OpenIncident open) => _made % 8 == 0
        ? Make("triageIncident", Role.Dsl, "incident { id }", id => new { incidentId = open.Id, nature = "inappropriate-material", fourCs = OnlyContact, awareness = "UNKNOWING", commandId = id }, null)
        : Following(open, Make("triageIncident", Role.Dsl, "incident { id steps { number rule { kind mode } } }", id => new
        {
            incidentId = open.Id,
            nature = "suggested-access",
            fourCs = OnlyContact,
            steps = OneStep,
            reason = "The policy has no row for it.",
            commandId = id,
        }, null));

    /// <summary>What is to be done is done; what the law asks to be considered, a referral above all, is answered with no and the reason.</summary>
    private Command CompleteStep(string incident, OpenStep step) => step.Kind.StartsWith(Refer, StringComparison.Ordinal)
        ? Make("recordReferral", Role.Dsl, "referral { number }", id => new
        {
            incidentId = incident,
            agency = step.Kind[Refer.Length..],
            decision = "NOT_REFERRED",
            reason = $"Nobody is in danger ({_made}).",
            wouldReopen = "If somebody were.",
            commandId = id,
        }, null)
        : Make("completeStep", Role.Dsl, "step { number }", id => step switch
        {
            { Kind: "CONTACT_PARENTS" } => new { incidentId = incident, step = step.Number, parents = new { ending = "MADE", who = "A father", how = "TELEPHONE", said = $"Told ({_made})." }, commandId = id },
            { Considered: true } => new { incidentId = incident, step = step.Number, answer = false, reason = $"It would not help ({_made}).", commandId = id },
            _ => (object)new { incidentId = incident, step = step.Number, outcome = $"Talked it over ({_made}).", commandId = id },
        }, null);

    private Command Following(OpenIncident open, Command command)
    {
        _followed[command.Id] = open;
        return command;
    }

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

/// <summary>An incident that somebody has to go on with.</summary>
/// <param name="Steps">Those still to be done; null before the triage.</param>
internal sealed record OpenIncident(string Id, IReadOnlyList<OpenStep>? Steps);

/// <summary>A step of its plan.</summary>
internal sealed record OpenStep(int Number, string Kind, bool Considered);
