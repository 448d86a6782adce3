namespace OnlineSafetyTrust.Storage;

public enum StoreProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Where records and keys live.</summary>
public sealed record StoreOptions
{
    public StoreProvider Provider { get; init; } = StoreProvider.Sqlite;

    /// <summary>Holds <c>store.db</c> and <c>keys.db</c> on SQLite, and by default the master key and the exported heads.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>PostgreSQL: the writer's role, which owns the tables.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>PostgreSQL: the reader's role: no owner, no superuser, held by row-level security.</summary>
    public string? ReaderConnectionString { get; init; }

    /// <summary>PostgreSQL: a database or schema of its own, backed up apart from the records and for 30 days only.</summary>
    public string? KeyConnectionString { get; init; }

    /// <summary>File with 32 bytes in base64. Default: <c>master.key</c> in the data directory.</summary>
    public string? MasterKeyFile { get; init; }

    /// <summary>Name of an environment variable with 32 bytes in base64; used instead of the file when it is set.</summary>
    public string MasterKeyVariable { get; init; } = "ONLINESAFETYTRUST_MASTER_KEY";

    /// <summary>Where the daily head of the journal is written; it should leave the machine from there.</summary>
    public string? HeadExportDirectory { get; init; }

    /// <summary>How long a locked SQLite file is waited for.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>SQLite connections for reading.</summary>
    public int Readers { get; init; } = 4;

    internal string StoreFile => Path.Combine(DataDirectory, "store.db");

    internal string KeyFile => Path.Combine(DataDirectory, "keys.db");

    internal string MasterKeyPath => MasterKeyFile ?? Path.Combine(DataDirectory, "master.key");

    internal string HeadPath => HeadExportDirectory ?? Path.Combine(DataDirectory, "heads");
}
