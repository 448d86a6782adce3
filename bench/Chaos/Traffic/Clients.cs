namespace OnlineSafetyTrust.Chaos.Traffic;

/// <summary>Several clients at once, each sending its next command when the one before is answered.</summary>
internal sealed class Clients(Ledger ledger, Repertoire repertoire, int count)
{
    /// <summary>Until stopped, or until the server is gone: a client that gets no answer gives up.</summary>
    public Task RunAsync(Api api, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var sent = ledger.Begin(repertoire.Next());
                var reply = await api.SendAsync(sent.Command, CancellationToken.None);
                ledger.Note(sent, reply);
                if (reply.Answer == Answer.Unknown)
                {
                    return;
                }
            }
        })));

    /// <summary>Every command without an answer again, until it has one.</summary>
    public async Task<int> FinishAsync(Api api, TimeSpan limit)
    {
        var (open, until) = (ledger.Open.ToList(), DateTime.UtcNow + limit);
        await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = count }, async (sent, ct) =>
        {
            for (var last = ""; sent.Acknowledged is null && sent.Refused is null;)
            {
                if (DateTime.UtcNow > until)
                {
                    throw new ChaosException($"{sent.Command.Mutation} {sent.Command.Id} got no answer in {limit.TotalSeconds} s; the last was {last}");
                }

                var reply = await api.SendAsync(sent.Command, ct);
                ledger.Note(sent, reply);
                last = reply.Payload;
            }
        });
        return open.Count;
    }

    /// <summary>Commands that were acknowledged, again: the reply must be the same.</summary>
    public async Task RepeatAsync(Api api, Random random, int some)
    {
        var acknowledged = ledger.All.Where(s => s.Acknowledged is not null).OrderBy(s => s.Command.Id).ToArray();
        foreach (var sent in random.GetItems(acknowledged, Math.Min(some, acknowledged.Length)))
        {
            ledger.Note(sent, await api.SendAsync(sent.Command));
        }
    }
}

/// <summary>A promise was broken.</summary>
internal sealed class ChaosException(string message) : Exception(message);
