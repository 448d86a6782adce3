using Dapper;
using OnlineSafetyTrust.Storage.Keys;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>What an operator or a daily pump asks of the store.</summary>
public sealed class StoreUpkeep
{
    private static readonly TimeSpan CommandsKept = TimeSpan.FromDays(90);

    private readonly Store _store;

    internal StoreUpkeep(Store store) => _store = store;

    /// <summary>False once the store has stopped for good: only a restart helps.</summary>
    public bool IsWorking => _store.Sequencer.IsWorking && !_store.KeyStore.Rotated;

    /// <summary>Removes command rows older than 90 days: a retry that late is a new command.</summary>
    /// <param name="now">On the clock that appends have their times from.</param>
    public Task<int> PruneCommandsAsync(DateTimeOffset now) =>
        _store.Database.WriteAsync(c => c.ExecuteAsync("DELETE FROM commands WHERE at < @before", new { before = Microseconds.ToUnix(now - CommandsKept) }));

    /// <summary>
    /// Gives back what a process leased that was killed, so that nothing waits for its leases to end. Only where no other process works on the
    /// store; one that does would merely deliver something again.
    /// </summary>
    public Task<int> ReleaseLeasesAsync() => _store.Database.WriteAsync(async c =>
        await c.ExecuteAsync("UPDATE due SET leased_until = 0 WHERE leased_until > 0")
        + await c.ExecuteAsync("UPDATE outbox_lines SET state = 0, ready_at = 0 WHERE state = 1"));

    /// <summary>For whoever keeps state in memory that a second process would not see: until what it gives is disposed of no other one works on the store. Before it is started: a start changes it.</summary>
    /// <param name="patience">How long another one is waited for: a server notices late that a machine is gone.</param>
    /// <exception cref="StoreException">Another one does.</exception>
    public Task<IOnlyProcess> OnlyProcessAsync(TimeSpan patience, CancellationToken ct) => _store.Database.OnlyProcessAsync(patience, ct);

    /// <summary>
    /// Wraps all keys with the key in <paramref name="newKeyFile"/>, which takes the old one's place before the next start. The store need not be started;
    /// a process that runs meanwhile makes no more keys and is not <see cref="IsWorking"/> any more.
    /// </summary>
    /// <returns>How many keys were wrapped again, and how many were damaged before and stay so.</returns>
    public Task<(int Wrapped, int Damaged)> RotateMasterKeyAsync(string newKeyFile) =>
        _store.KeyStore.RotateAsync(MasterKey.Load(_store.Options, mayCreate: false), MasterKey.Read(newKeyFile));

    /// <summary>A secret of the whole store, 32 bytes: made when first asked for, the same for all processes, wrapped with the master key and wrapped again when that changes.</summary>
    public Task<byte[]> SecretAsync(string name, CancellationToken ct) => _store.KeyStore.SecretAsync(name, ct);

    /// <summary>Writes a new master key; fails when the file is there.</summary>
    public static void CreateMasterKey(string file) => MasterKey.Create(file);

    /// <summary>
    /// Puts every dead message back at its destination's head. A mail gets another id: its first one has reported the failure, and a second report would count as a repetition.
    /// </summary>
    /// <returns>How many.</returns>
    public Task<int> RetryDeadAsync() => _store.Database.WriteAsync(async c =>
    {
        var dead = (await c.QueryAsync<(long Position, string Id, string Destination)>("SELECT position, id, destination FROM outbox_dead ORDER BY destination, position")).AsList();
        foreach (var (position, old, destination) in dead)
        {
            var row = new { position, destination, id = destination.StartsWith("mail:", StringComparison.Ordinal) ? Guid.CreateVersion7().ToString("D") : old };

            // Newer than what is on its way to this destination: its end does not remove the line from under this message.
            await c.ExecuteAsync("INSERT INTO outbox_lines (destination, last_position) VALUES (@destination, @position) ON CONFLICT (destination) DO UPDATE SET last_position = outbox_lines.last_position + 1", row);
            await c.ExecuteAsync("INSERT INTO outbox SELECT position, tenant, @id, destination, kind, payload, correlation_id, 0 FROM outbox_dead WHERE position = @position", row);
            await c.ExecuteAsync("DELETE FROM outbox_dead WHERE position = @position", row);
        }

        return dead.Count;
    });

    /// <summary>Messages that nobody could deliver, newest first.</summary>
    public async Task<IReadOnlyList<DeadMessage>> DeadMessagesAsync(int max, CancellationToken ct) =>
        await _store.Database.QueryAsync("SELECT position, tenant, id, destination, kind, attempt, error FROM outbox_dead ORDER BY position DESC LIMIT @max", Sql.Arguments.Of(("max", max)),
            row => new DeadMessage(row.GetInt64(0), TenantId.Parse(row.GetString(1)), Guid.ParseExact(row.GetString(2), "D"), row.GetString(3), row.GetString(4), (int)row.GetInt64(5), row.GetString(6)), ct);
}

/// <param name="Error">Why the last attempt failed; never personal data.</param>
public sealed record DeadMessage(long Position, TenantId Tenant, Guid Id, string Destination, string Kind, int Attempts, string Error);
