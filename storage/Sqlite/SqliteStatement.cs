using Microsoft.Data.Sqlite;
using OnlineSafetyTrust.Storage.Sql;
using SQLitePCL;

namespace OnlineSafetyTrust.Storage.Sqlite;

/// <summary>A prepared statement, kept for the connection's life. Works on SQLite's own functions: a command object per row would cost half the throughput.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _db = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_db, sql, out _statement));
    }

    public SqliteStatement Bind(int index, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, index) : raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, long? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, index) : raw.sqlite3_bind_int64(_statement, index, value.Value));
        return this;
    }

    public SqliteStatement Bind(int index, byte[]? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, index)
            : value.Length == 0 ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
            : raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    public void Run(RowBatch rows)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var column = 0; column < rows.Table.Columns.Length; column++)
            {
                switch (rows.Table.Columns[column].Type)
                {
                    case ColumnType.Text: Bind(column + 1, rows.Text(column, row)); break;
                    case ColumnType.Number: Bind(column + 1, rows.Number(column, row)); break;
                    default: Bind(column + 1, rows.Bytes(column, row)); break;
                }
            }

            Run();
        }
    }

    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>True when there is a row to read; then <see cref="Reset"/> when done.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return code == raw.SQLITE_ROW;
        }

        var error = Error();
        Reset();
        throw error;
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Error();
        }
    }

    private SqliteException Error()
    {
        var extended = raw.sqlite3_extended_errcode(_db);
        return new SqliteException(raw.sqlite3_errmsg(_db).utf8_to_string(), extended & 0xFF, extended);
    }
}
