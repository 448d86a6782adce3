using System.Data.Common;
using Dapper;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Keys;

/// <summary>Another master key, also where somebody goes on with the old one.</summary>
internal sealed partial class KeyStore
{
    private const string LockMaster = "UPDATE secrets SET master = master WHERE name = 'head'";

    public const string CompleteRotation =
        "A process of an older release went on beside a rotation: with the former master key in its place, run './dev rotate-key --to' with the file of the present one, then put that back.";

    /// <summary>The keys were wrapped with another master key while this process ran: only a restart helps.</summary>
    public bool Rotated { get; private set; }

    /// <summary>Keys and secrets that are wrapped with another master key than the one in use.</summary>
    public async Task<long> CountOthersAsync(CancellationToken ct)
    {
        const string Others = "SELECT (SELECT COUNT(*) FROM keys WHERE master < @master OR master > @master) + (SELECT COUNT(*) FROM secrets WHERE master <> @master)";
        return (await database.QueryAsync(Others, Arguments.Of(("master", _master.Fingerprint)), row => row.GetInt64(0), ct))[0];
    }

    /// <summary>
    /// Wraps with <paramref name="to"/> what <paramref name="from"/> wrapped, in one transaction; what is wrapped with it already stays, so a rotation
    /// beside which somebody went on can be completed. The journal is not touched. Needs no open key store.
    /// </summary>
    /// <returns>How many were wrapped again, and how many do not open and stay as useless as they were.</returns>
    /// <exception cref="StoreException">Something is wrapped with neither: nothing was changed.</exception>
    public Task<(int Wrapped, int Damaged)> RotateAsync(MasterKey from, MasterKey to) => database.WriteAsync(async c =>
    {
        var (wrapped, damaged) = (0, 0);
        // First of all: whoever makes a key waits for this row, and then finds another master.
        await c.ExecuteAsync(LockMaster);
        foreach (var (table, id) in (IEnumerable<(string, string)>)[("secrets", "name"), ("keys", "id")])
        {
            var old = (await c.QueryAsync<(string Id, byte[] Wrapped, string Master)>($"SELECT {id}, wrapped, master FROM {table} WHERE master <> @Fingerprint", to)).AsList();
            if (old.Exists(r => r.Master != from.Fingerprint))
            {
                throw new StoreException(StoreProblem.MasterKeyMismatch, "The master key is not the one that wrapped the keys in the key store. Put the right one back and rotate again; nothing was changed.", true);
            }

            var rows = old.ConvertAll(r => new { r.Id, secret = from.TryUnwrap(r.Id, r.Wrapped), r.Wrapped })
                .ConvertAll(r => new { r.Id, wrapped = r.secret is null ? r.Wrapped : to.Wrap(r.Id, r.secret), master = to.Fingerprint, opens = r.secret is not null });
            await c.ExecuteAsync($"UPDATE {table} SET wrapped = @wrapped, master = @master WHERE {id} = @Id", rows);
            wrapped += rows.Count(r => r.opens);
            damaged += rows.Count(r => !r.opens);
        }

        return (wrapped, damaged);
    });

    /// <summary>In the transaction that makes a key: waits for a rotation that is under way, and refuses after one.</summary>
    private void HoldMaster(DbConnection c)
    {
        c.Execute(LockMaster);
        if (c.ExecuteScalar<long>("SELECT COUNT(*) FROM secrets WHERE master <> @Fingerprint", _master) > 0)
        {
            throw IsRotated();
        }
    }

    private StoreException IsRotated()
    {
        Rotated = true;
        return new StoreException(
            StoreProblem.MasterKeyMismatch,
            "The keys were wrapped with another master key while this process ran, so it makes none and reads none that it does not hold already. Put that key where the master key is read from, and restart the product.", true);
    }
}
