using System.Runtime.CompilerServices;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.GraphQL;

/// <summary>Mutations change one school's records; a sign-in to a trust is to none of them.</summary>
internal static class AtSchool
{
    private static readonly DomainError ChooseSchool =
        DomainError.Refused("SCHOOL_NOT_CHOSEN", "You are signed in to the trust. Choose a school and sign in there to change its records.");

    /// <summary>
    /// The context of a command. What it creates without a command id gets a time-ordered id, so it needs a time before the grain sets
    /// the one that counts.
    /// </summary>
    public static CommandContext Context(this Session session, ICommandInput input) =>
        session.Command(input.CommandId) with { Now = Microseconds.Truncate(DateTimeOffset.UtcNow), Input = input.Sent() };

    public static async Task<TPayload> RunAsync<TReply, TPayload>(
        this Session session, Func<Task<Result<TReply>>> command, Func<Result<TReply>, TPayload> payload, [CallerMemberName] string resolver = "") =>
        payload(session.Asks(resolver).IsTrust ? ChooseSchool : await command());

    public static async Task<TPayload> RunAsync<TReply, TPayload>(
        this Session session, Func<Task<Result<TReply>>> command, Func<Result<TReply>, Task<TPayload>> payload, [CallerMemberName] string resolver = "") =>
        await payload(session.Asks(resolver).IsTrust ? ChooseSchool : await command());

    /// <param name="named">Records of the school that the input names; the command is not sent when one does not exist.</param>
    public static async Task<TPayload> RunAsync<TReply, TPayload>(
        this Session session, References references, ICommandInput input, IEnumerable<Reference> named, Func<Task<Result<TReply>>> command, Func<Result<TReply>, TPayload> payload,
        [CallerMemberName] string resolver = "") =>
        await session.RunAsync(
            async () => await references.MissingAsync(session.Command(input.CommandId), session.Reader, [.. named]) is { Count: > 0 } missing ? Result<TReply>.Failed(missing) : await command(),
            payload,
            resolver);
}
