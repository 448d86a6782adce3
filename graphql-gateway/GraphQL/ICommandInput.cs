using System.Security.Cryptography;
using OnlineSafetyTrust.Contracts.Serialization;

namespace OnlineSafetyTrust.Gateway.GraphQL;

/// <summary>The one input of a mutation.</summary>
internal interface ICommandInput
{
    /// <summary>Chosen by the client; sent again with the same input it gives the same answer.</summary>
    Guid? CommandId { get; }
}

internal static class CommandInputs
{
    /// <summary>What the client sent, before anything is looked up or filled in. 32 bytes; null without a command id.</summary>
    public static byte[]? Sent(this ICommandInput input) => input.CommandId is null ? null : SHA256.HashData(StoredJson.ForDigest(input));
}
