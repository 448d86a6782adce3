using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Sql;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>A database that counts the statements of the lists' reader.</summary>
internal sealed class CountedReads
{
    private int _statements;

    public int Statements => _statements;

    public void Stand(WebApplicationBuilder builder) => builder.Services.Replace(ServiceDescriptor.Singleton(s =>
        new ViewReader(new Counted(s.GetRequiredService<Store>().Database, this), s.GetRequiredService<Store>().Keyring)));

    private sealed class Counted(IDatabase database, CountedReads reads) : IDatabase
    {
        public Dialect Dialect => database.Dialect;

        public Task<List<T>> QueryAsync<T>(string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map, CancellationToken ct)
        {
            Interlocked.Increment(ref reads._statements);
            return database.QueryAsync(sql, args, map, ct);
        }

        public Task<List<T>> QueryAsync<T>(ReadScope scope, string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map, CancellationToken ct)
        {
            Interlocked.Increment(ref reads._statements);
            return database.QueryAsync(scope, sql, args, map, ct);
        }

        public Task<T> ReadStillAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken ct) => database.ReadStillAsync(read, ct);

        public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> change) => database.WriteAsync(change);

        public T Write<T>(Func<DbConnection, T> change) => database.Write(change);

        public Task MigrateAsync(string folder, Func<DbConnection, Task>? then, CancellationToken ct) => database.MigrateAsync(folder, then, ct);

        public Task<IAsyncDisposable> AloneAsync(CancellationToken ct) => database.AloneAsync(ct);

        public Task<IOnlyProcess> OnlyProcessAsync(TimeSpan patience, CancellationToken ct) => database.OnlyProcessAsync(patience, ct);

        public Task CheckDurableAsync(CancellationToken ct) => database.CheckDurableAsync(ct);

        public Task<IFlushTarget> OpenWriterAsync(CancellationToken ct) => database.OpenWriterAsync(ct);

        public StoreException Explain(Exception error) => database.Explain(error);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
