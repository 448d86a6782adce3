using System.Text.Json;

namespace OnlineSafetyTrust.Chaos.Traffic;

/// <summary>One mutation with its command id, to be sent as often as it takes.</summary>
/// <param name="Mutation">The field's name.</param>
/// <param name="Token">Whose.</param>
/// <param name="Events">How many events it makes; null where that depends on the state.</param>
internal sealed record Command(Guid Id, string Mutation, string Token, string Query, object Input, int? Events);

internal enum Answer
{
    /// <summary>Done; the payload is the reply.</summary>
    Acknowledged,

    /// <summary>A payload with errors: nothing was stored.</summary>
    Refused,

    /// <summary>No answer, or one that says that it is not known what happened.</summary>
    Unknown,
}

/// <param name="Payload">The mutation's payload as JSON text, or what came instead.</param>
internal sealed record Reply(Answer Answer, string Payload)
{
    public static Reply Of(Command command, JsonElement body)
    {
        if (!body.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object || body.TryGetProperty("errors", out _))
        {
            return new Reply(Answer.Unknown, body.GetRawText());
        }

        var payload = data.GetProperty(command.Mutation);
        return new Reply(payload.GetProperty("errors").GetArrayLength() == 0 ? Answer.Acknowledged : Answer.Refused, payload.GetRawText());
    }
}
