using Microsoft.Data.Sqlite;
using OnlineSafetyTrust.Storage.Sqlite;

namespace OnlineSafetyTrust.Bench.Bare;

/// <summary>One connection with the product's settings; SQLite has one writer, so clients take turns.</summary>
internal sealed class SqliteWriter : IBareWriter
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = [];
    private readonly Lock _turn = new();

    public SqliteWriter(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=false");
        _connection.Open();
        foreach (var pragma in (string[])["journal_mode = wal", "synchronous = FULL", "secure_delete = ON"])
        {
            using var command = new SqliteCommand($"PRAGMA {pragma}", _connection);
            command.ExecuteNonQuery();
        }
    }

    public Task WriteAsync(int writer, IReadOnlyList<TemplateRow> rows)
    {
        lock (_turn)
        {
            Prepared("BEGIN IMMEDIATE").Run();
            foreach (var row in rows)
            {
                var statement = Prepared(row.Table.Sqlite);
                for (var i = 0; i < row.Values.Length; i++)
                {
                    _ = row.Values[i] switch
                    {
                        long number => statement.Bind(i + 1, number),
                        byte[] bytes => statement.Bind(i + 1, bytes),
                        var text => statement.Bind(i + 1, (string?)text),
                    };
                }

                statement.Run();
            }

            Prepared("COMMIT").Run();
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new SqliteStatement(_connection, sql);
        }

        return statement;
    }
}
