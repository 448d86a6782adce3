using System.Collections.Concurrent;

namespace OnlineSafetyTrust.Chaos.Traffic;

/// <summary>A command and the best that is known of it.</summary>
internal sealed class Sent(Command command)
{
    public Command Command { get; } = command;

    /// <summary>The payload it was acknowledged with; null while it is not.</summary>
    public string? Acknowledged { get; set; }

    /// <summary>The refusal that it will get again.</summary>
    public string? Refused { get; set; }
}

/// <summary>What clients remember: every command that was sent, and every reply that was promised.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<Guid, Sent> _sent = new();
    private readonly ConcurrentQueue<string> _broken = new();

    public IEnumerable<Sent> All => _sent.Values;

    public IEnumerable<Sent> Open => _sent.Values.Where(s => s.Acknowledged is null && s.Refused is null);

    public int Acknowledged => _sent.Values.Count(s => s.Acknowledged is not null);

    /// <summary>The same by mutation, most first.</summary>
    public IEnumerable<KeyValuePair<string, int>> ByMutation => _sent.Values.Where(s => s.Acknowledged is not null).CountBy(s => s.Command.Mutation).OrderByDescending(m => m.Value);

    /// <summary>Promises that were broken, in words.</summary>
    public IReadOnlyCollection<string> Broken => _broken;

    public Sent Begin(Command command) => _sent.GetOrAdd(command.Id, static (_, c) => new Sent(c), command);

    public void Note(Sent sent, Reply reply)
    {
        switch (reply.Answer)
        {
            case Answer.Acknowledged when sent.Acknowledged is { } first && first != reply.Payload:
                _broken.Enqueue($"{sent.Command.Mutation} {sent.Command.Id} was answered differently:\n  first {first}\n  then  {reply.Payload}");
                break;
            case Answer.Acknowledged:
                sent.Acknowledged = reply.Payload;
                break;
            case Answer.Refused when sent.Acknowledged is not null:
                _broken.Enqueue($"{sent.Command.Mutation} {sent.Command.Id} was acknowledged and then refused: {reply.Payload}");
                break;
            // Many writers of one record: nothing was stored, the same command may be sent again.
            case Answer.Refused when !reply.Payload.Contains("CHANGED_MEANWHILE", StringComparison.Ordinal):
                sent.Refused = reply.Payload;
                _broken.Enqueue($"{sent.Command.Mutation} {sent.Command.Id} is never wrong and was refused: {reply.Payload}");
                break;
        }
    }
}
