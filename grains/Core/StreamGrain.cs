using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;

namespace OnlineSafetyTrust.Grains;

/// <summary>What every grain with a stream needs.</summary>
public sealed class StreamServices(IJournal journal, IKeyring keyring, [FromKeyedServices(ProductClock.Key)] TimeProvider clock)
{
    public IJournal Journal => journal;

    public IKeyring Keyring => keyring;

    public TimeProvider Clock => clock;
}

public static class ProductClock
{
    /// <summary>The service key of the product's own clock, which Development may move; the unkeyed one is system time.</summary>
    public const string Key = "product";
}

/// <summary>Another stream's facts that a decision rests on.</summary>
internal interface IPremise
{
    Premise Current { get; }

    ValueTask RenewAsync();
}

/// <summary>
/// Owns one stream: load, decide, append, fold, reply. State is folded only after the append is durable; an append whose outcome is
/// unknown ends the activation, so that the next one reads what really happened.
/// </summary>
internal abstract class StreamGrain<TState>(StreamModel<TState> model, StreamServices services) : Grain, IStreamGrain
    where TState : class, IState<TState>
{
    private const int SnapshotEvery = 32;
    private const int Attempts = 5;

    protected StreamKey Key { get; private set; }

    protected TState State { get; private set; } = TState.Empty;

    protected long Version { get; private set; }

    protected DateTimeOffset Now => Microseconds.Truncate(services.Clock.GetUtcNow());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Key = StreamKey.Parse(this.GetPrimaryKeyString());
        await LoadAsync(cancellationToken);
    }

    public abstract Task OnDueAsync(DueNotice due);

    public virtual Task OnMessageAsync(MessageNotice message) =>
        throw new InvalidOperationException($"{Key.Stream.Kind} does not understand '{message.Kind}'.");

    /// <summary>The answer where another record got the number first: whoever asks again sees it there.</summary>
    protected static readonly DomainError NumberTaken = DomainError.Conflict("NUMBER_TAKEN", "Somebody else entered a record with this number at the same moment. Look again.");

    /// <summary>Records of this tenant with this number.</summary>
    protected ValueTask<IReadOnlyList<string>> FindAsync(string kind, string number) =>
        services.Journal.FindLookupAsync(Key.Tenant, kind, services.Keyring.DigestText(Key.Tenant, kind, number), CancellationToken.None);

    /// <exception cref="RecordUnreadableException">Its key was lost: the command is refused.</exception>
    protected T? Open<T>(Personal<T>? value) => services.Keyring.Open(Key, value);

    /// <summary>For answers to what must be recorded also where something cannot be read.</summary>
    protected T? OpenShown<T>(Personal<T>? value) => services.Keyring.OpenShown(Key, value);

    protected CommandContext SystemContext(Guid correlationId, Guid? commandId = null) =>
        new(Key.Tenant, Actor.System, "system", correlationId, commandId, Now);

    /// <summary>Decides and stores. The reply is a function of the state, so that a retry gets the reply of its own moment.</summary>
    protected Task<Result<TReply>> HandleAsync<TReply>(
        CommandContext context, object command, Func<TState, CommandContext, Result<Events>> decide, Func<TState, TReply> reply, IPremise? premise = null) =>
        HandleAsync(context, command, decide, (s, _) => reply(s), premise);

    /// <param name="reply">A function of the state and the time of the command: for a retry both are those of the first time.</param>
    /// <param name="premise">What the decision rests on besides the state: when that changed meanwhile, it is renewed and decided upon again.</param>
    protected async Task<Result<TReply>> HandleAsync<TReply>(
        CommandContext context, object command, Func<TState, CommandContext, Result<Events>> decide, Func<TState, DateTimeOffset, TReply> reply, IPremise? premise = null)
    {
        try
        {
            return await HandleAsync(context, command, decide, reply, premise, keepNothing: true);
        }
        catch (RecordUnreadableException)
        {
            return Unreadable.Error;
        }
        catch (StandInSentException)
        {
            return Unreadable.Sent;
        }
    }

    /// <param name="keepNothing">A command that changes nothing is kept too, so that its retry changes nothing either.</param>
    private async Task<Result<TReply>> HandleAsync<TReply>(
        CommandContext context, object command, Func<TState, CommandContext, Result<Events>> decide, Func<TState, DateTimeOffset, TReply> reply, IPremise? premise, bool keepNothing)
    {
        if (context.Tenant != Key.Tenant)
        {
            return DomainError.NotFound(Key.Stream.Kind);
        }

        context = context with { Now = Now };
        var input = context.CommandId is null ? ReadOnlyMemory<byte>.Empty : InputHash(context, command);
        for (var attempt = 1; ; attempt++)
        {
            var decision = decide(State, context);
            if (!decision.Ok)
            {
                // What was done already is often refused the second time. What is accepted again the append knows by its id.
                return context.CommandId is { } id && await services.Journal.FindCommandAsync(Key.Tenant, context.Actor, id, CancellationToken.None) is { } earlier
                    ? await RepeatAsync(earlier, input, reply)
                    : Result<TReply>.Failed(decision.Errors);
            }

            if (decision.Value.Count == 0 && !(keepNothing && context.CommandId is not null))
            {
                return reply(State, context.Now);
            }

            await services.Keyring.ReserveAsync(decision.Value.Count * 4, CancellationToken.None);
            var (append, next) = Appending.Compose(model, services.Keyring, Key, Version, State, decision.Value, context, input, SnapshotEvery, premise?.Current);

            // Before it is stored: an answer that cannot be made must not look like a command that was refused. What it only tells, it opens to be shown.
            var answer = reply(next, context.Now);
            var outcome = await AppendAsync(append);
            switch (outcome.Status)
            {
                case AppendStatus.Appended:
                    (State, Version) = (next, Version + decision.Value.Count);
                    return answer;
                case AppendStatus.CommandKnown:
                    return await RepeatAsync(outcome.Earlier!, input, reply);
                case AppendStatus.VersionConflict when attempt < Attempts:
                    await LoadAsync(CancellationToken.None);
                    break;
                case AppendStatus.PremiseChanged when attempt < Attempts:
                    await premise!.RenewAsync();
                    break;
                case AppendStatus.NumberTaken:
                    return NumberTaken;
                default:
                    return DomainError.ChangedMeanwhile;
            }
        }
    }

    /// <summary>As <c>HandleAsync</c> for what the product itself does: a refusal is a programming error.</summary>
    protected async Task HandleOwnAsync(CommandContext context, object command, Func<TState, CommandContext, Result<Events>> decide, IPremise? premise = null)
    {
        // A message is known by its id alone: delivered again after a crash it may carry another time of sending. One that changes nothing
        // leaves no row: delivered again it comes before those after it, and every change at a school sends many.
        var result = await HandleAsync(context, command is MessageNotice message ? message.Id : command, decide, (_, _) => Done.It, premise, keepNothing: false);
        if (!result.Ok)
        {
            throw new InvalidOperationException($"{Key.Stream.Kind}: {string.Join(", ", result.Errors.Select(e => e.Code))}");
        }
    }

    /// <summary>Reads the stream again: what another process stored counts.</summary>
    protected async Task LoadAsync(CancellationToken ct) => (State, Version) = await StreamModel<TState>.LoadAsync(services.Journal, Key, ct);

    /// <summary>Another stream's state, asked of the journal: two grains that ask each other would wait for each other.</summary>
    protected async ValueTask<TOther> FoldAsync<TOther>(StreamKey key)
        where TOther : class, IState<TOther> => (await StreamModel<TOther>.LoadAsync(services.Journal, key, CancellationToken.None)).State;

    private async Task<AppendOutcome> AppendAsync(Append append)
    {
        try
        {
            return await services.Journal.AppendAsync(append);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task<Result<TReply>> RepeatAsync<TReply>(CommandTrace earlier, ReadOnlyMemory<byte> input, Func<TState, DateTimeOffset, TReply> reply)
    {
        if (earlier.Stream != Key.Stream || !earlier.InputHash.Span.SequenceEqual(input.Span))
        {
            return DomainError.CommandReused;
        }

        var events = await services.Journal.ReadEventsAsync(Key, earlier.Version, CancellationToken.None);
        return reply(StreamModel<TState>.Fold(TState.Empty, events), earlier.At);
    }

    private byte[] InputHash(CommandContext context, object command) =>
        services.Keyring.Digest(Key.Tenant, "command", context.Input ?? StoredJson.ForDigest(command));
}
