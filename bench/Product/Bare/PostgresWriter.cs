using System.Text.RegularExpressions;
using Npgsql;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Bench.Bare;

/// <summary>A connection per client; a report is one batch, one implicit transaction, one round trip.</summary>
internal sealed partial class PostgresWriter : IBareWriter
{
    private readonly NpgsqlConnection[] _connections;
    private readonly Dictionary<TableWrite, string> _statements = new(ReferenceEqualityComparer.Instance);

    public PostgresWriter(string connection, int writers, IEnumerable<TableWrite> tables)
    {
        _connections = [.. Enumerable.Range(0, writers).Select(_ => new NpgsqlConnection(connection + ";Pooling=false;Max Auto Prepare=100;Auto Prepare Min Usages=1"))];
        foreach (var each in _connections)
        {
            each.Open();
        }

        foreach (var table in tables)
        {
            var number = 0;
            _statements[table] = Placeholder.Replace(table.Sqlite, _ => $"${++number}");
        }
    }

    [GeneratedRegex(@"\?")]
    private static partial Regex Placeholder { get; }

    public async Task WriteAsync(int writer, IReadOnlyList<TemplateRow> rows)
    {
        await using var batch = new NpgsqlBatch(_connections[writer]);
        foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(_statements[row.Table]);
            for (var i = 0; i < row.Values.Length; i++)
            {
                command.Parameters.Add(row.Table.Columns[i].Type switch
                {
                    ColumnType.Text => new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = row.Values[i] ?? DBNull.Value },
                    ColumnType.Number => new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = row.Values[i] ?? DBNull.Value },
                    _ => new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea, Value = row.Values[i] ?? DBNull.Value },
                });
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }
}
