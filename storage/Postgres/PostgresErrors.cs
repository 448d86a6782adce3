using Npgsql;

namespace OnlineSafetyTrust.Storage.Postgres;

internal static class PostgresErrors
{
    /// <summary>The server's or the way's to it: a host name that is not found comes without a wrapper.</summary>
    public static bool IsOne(Exception error) => error is NpgsqlException or System.Net.Sockets.SocketException;

    /// <summary>Somebody held a lock for longer than one waits.</summary>
    public static bool IsBusy(Exception error) => error is PostgresException { SqlState: "55P03" };

    /// <param name="committing">Without an answer to COMMIT nobody knows whether it happened.</param>
    public static StoreException Explain(Exception error, bool committing) => error switch
    {
        StoreException known => known,
        PostgresException { SqlState: "53100" } => new(StoreProblem.DiskFull, "PostgreSQL's disk is full: nothing was stored. Free space; the product goes on by itself.", true, error),
        PostgresException { SqlState: "42501" } refused => new(StoreProblem.Misconfigured, $"PostgreSQL refused: {refused.MessageText}. The writer's role must own the tables; the reader's role must exist.", true, error),
        PostgresException { SqlState: "3D000" or "28000" or "28P01" } refused => new(StoreProblem.Misconfigured, $"PostgreSQL did not let us in: {refused.MessageText}. Check the connection string.", true, error),
        PostgresException { SqlState: "XX001" or "XX002" } => new(StoreProblem.Corrupt, "PostgreSQL reports damaged data. Stop the product, keep the files, restore the newest backup and run './dev verify'.", true, error),
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" } => new(StoreProblem.Unreachable, "PostgreSQL is shutting down or starting. The product goes on by itself when it is back.", !committing, error),
        // It answered, so the transaction is over and undone.
        PostgresException answered => new(StoreProblem.Unexpected, $"PostgreSQL refused a statement: {answered.SqlState} {answered.MessageText}", true, error),
        NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or IOException =>
            new(StoreProblem.Unreachable, "PostgreSQL does not answer. Check that it runs and that the network reaches it; the product goes on by itself when it is back." + (committing ? " Whether the last changes were stored is unknown." : ""), !committing, error),
        _ => new(StoreProblem.Unexpected, $"The store failed: {error.Message}", !committing, error),
    };
}
