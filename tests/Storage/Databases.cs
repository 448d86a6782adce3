using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Storage.Tests;

/// <summary>A place for stores: one per test class. Suites run once for each kind.</summary>
public interface IDatabaseFixture : IDisposable
{
    StoreOptions Options { get; }

    /// <summary>Another, empty place.</summary>
    StoreOptions NewOptions();
}

public sealed class SqliteFixture : IDatabaseFixture
{
    private readonly string _root = Directory.CreateTempSubdirectory("ost-sqlite-").FullName;
    private int _count;

    public SqliteFixture() => Options = NewOptions();

    public StoreOptions Options { get; }

    public StoreOptions NewOptions() => new() { DataDirectory = Path.Combine(_root, $"{Interlocked.Increment(ref _count)}") };

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

public sealed class PostgresFixture : IDatabaseFixture
{
    private readonly string _root = Directory.CreateTempSubdirectory("ost-postgres-").FullName;

    public PostgresFixture() => Options = NewOptions();

    public StoreOptions Options { get; }

    public StoreOptions NewOptions()
    {
        var server = PostgresServer.Shared;
        var (records, keys) = (server.CreateDatabase(), server.CreateDatabase());
        return new StoreOptions
        {
            Provider = StoreProvider.PostgreSql,
            DataDirectory = Directory.CreateDirectory(Path.Combine(_root, records)).FullName,
            ConnectionString = server.Writer(records),
            ReaderConnectionString = server.Reader(records),
            KeyConnectionString = server.Writer(keys),
        };
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
