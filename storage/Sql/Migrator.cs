using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace OnlineSafetyTrust.Storage.Sql;

/// <summary>Forward only: numbered files, each run once, in the transaction and under the lock that the caller holds.</summary>
internal static class Migrator
{
    public static async Task RunAsync(DbConnection connection, string folder, CancellationToken ct)
    {
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS migrations (folder TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (folder, number))");
        var done = (await connection.QueryAsync<long>("SELECT number FROM migrations WHERE folder = @folder", new { folder })).ToHashSet();
        foreach (var (number, name, sql) in Files(folder).Where(f => !done.Contains(f.Number)))
        {
            ct.ThrowIfCancellationRequested();
            await connection.ExecuteAsync(sql);
            await connection.ExecuteAsync("INSERT INTO migrations VALUES (@folder, @number, @name)", new { folder, number, name });
        }
    }

    private static IEnumerable<(long Number, string Name, string Sql)> Files(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(r => r.StartsWith($"{folder}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = resource[(folder.Length + 1)..];
            using var text = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (long.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, text.ReadToEnd());
        }
    }
}
