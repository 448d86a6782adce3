using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Chaos.Stores;

internal enum Database
{
    Sqlite,
    PostgreSql,
}

/// <summary>A data directory and, on PostgreSQL, a server of its own that may be killed. Gone when disposed.</summary>
internal sealed class StoreUnderTest : IDisposable
{
    private readonly string? _connection;

    private StoreUnderTest(Database database, string directory, PostgresServer? server)
    {
        (Database, Directory, Server) = (database, directory, server);
        if (server is null)
        {
            return;
        }

        var (records, keys) = (server.CreateDatabase(), server.CreateDatabase());
        _connection = server.Superuser(records);
        Settings = new Dictionary<string, string?>
        {
            ["Store:Provider"] = "PostgreSql",
            ["Store:ConnectionString"] = server.Writer(records),
            ["Store:ReaderConnectionString"] = server.Reader(records),
            ["Store:KeyConnectionString"] = server.Writer(keys),
        };
    }

    public Database Database { get; }

    public string Directory { get; }

    /// <summary>Null on SQLite.</summary>
    public PostgresServer? Server { get; }

    /// <summary>Configuration that leads a gateway to this store.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    /// <param name="server">PostgreSQL: the server to use; null starts one.</param>
    public static StoreUnderTest Create(Database database, PostgresServer? server = null, string? directory = null) =>
        new(database, directory ?? System.IO.Directory.CreateTempSubdirectory("ost-chaos-").FullName, database == Database.PostgreSql ? server ?? PostgresServer.StartNew() : null);

    /// <summary>A connection past the product, past row-level security.</summary>
    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = _connection is null
            ? new SqliteConnection($"Data Source={Path.Combine(Directory, "store.db")};Mode=ReadOnly;Pooling=false;Default Timeout=30")
            : new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public void Dispose()
    {
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
