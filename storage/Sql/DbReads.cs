using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OnlineSafetyTrust.Storage.Postgres;
using OnlineSafetyTrust.Storage.Sqlite;

namespace OnlineSafetyTrust.Storage.Sql;

/// <summary>Statements on a connection that somebody else opened and whose transaction they join.</summary>
internal static class DbReads
{
    public static async Task<List<T>> ListAsync<T>(this DbConnection connection, Dialect dialect, string sql, IReadOnlyDictionary<string, object?>? args, Func<DbDataReader, T> map)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        dialect.Bind(command, args);
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await row.ReadAsync())
        {
            rows.Add(map(row));
        }

        return rows;
    }

    public static async Task RunAsync(this DbConnection connection, RowBatch rows)
    {
        if (connection is SqliteConnection sqlite)
        {
            using var statement = new SqliteStatement(sqlite, rows.Table.Sqlite);
            statement.Run(rows);
            return;
        }

        await using var batch = ((NpgsqlConnection)connection).CreateBatch();
        batch.BatchCommands.Add(PostgresFlushTarget.Write(rows));
        await batch.ExecuteNonQueryAsync();
    }
}
