using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OnlineSafetyTrust.Storage.Sql;

/// <summary>The few places where the two databases do not agree; all other statements have one text.</summary>
internal abstract class Dialect
{
    public static readonly Dialect Sqlite = new SqliteDialect();
    public static readonly Dialect Postgres = new PostgresDialect();

    public abstract bool IsPostgres { get; }

    public abstract string Text { get; }

    public abstract string Number { get; }

    public abstract string Bytes { get; }

    public abstract string TableEnd { get; }

    public abstract string SkipLocked { get; }

    /// <summary>Ends a query whose rows nobody else may change until the transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Keeps everybody from a table until the transaction ends, or fails soon where somebody reads it for long; nothing where writers are alone anyway.</summary>
    public abstract string KeepAlone(string table);

    /// <summary>Predicate: column is one of the texts in a list argument.</summary>
    public abstract string AnyOf(string column, string argument);

    /// <summary>A list of texts as Dapper is given it for <see cref="AnyOf"/>.</summary>
    public object List(IEnumerable<string> texts) => IsPostgres ? texts.ToArray() : JsonSerializer.Serialize(texts);

    public abstract DbParameter Parameter(string name, object? value);

    public void Bind(DbCommand command, IReadOnlyDictionary<string, object?>? args)
    {
        foreach (var (name, value) in args ?? new Dictionary<string, object?>())
        {
            command.Parameters.Add(Parameter(name, value));
        }
    }

    public static object? Plain(object? value) => value switch
    {
        null or string or long or byte[] => value,
        int i => (long)i,
        bool b => b ? 1L : 0L,
        Enum e => e.ToString(),
        DateTimeOffset time => Microseconds.ToUnix(time),
        DateOnly day => day.ToString("yyyy-MM-dd"),
        Guid id => id.ToString("D"),
        TenantId or StreamId or Actor or KeyOwner => value.ToString(),
        IEnumerable<string> texts => texts.ToArray(),
        _ when value.GetType().GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>)) => value.ToString(),
        _ => throw new ArgumentException($"A query cannot take a {value.GetType().Name}."),
    };

    private sealed class SqliteDialect : Dialect
    {
        public override bool IsPostgres => false;

        public override string Text => "TEXT";

        public override string Number => "INTEGER";

        public override string Bytes => "BLOB";

        public override string TableEnd => " STRICT, WITHOUT ROWID";

        public override string KeepAlone(string table) => "SELECT 1";

        public override string SkipLocked => "";

        public override string ForUpdate => "";

        public override string AnyOf(string column, string argument) => $"{column} IN (SELECT value FROM json_each({argument}))";

        public override DbParameter Parameter(string name, object? value) => Plain(value) switch
        {
            string[] list => new SqliteParameter(name, JsonSerializer.Serialize(list)),
            var plain => new SqliteParameter(name, plain ?? DBNull.Value),
        };
    }

    private sealed class PostgresDialect : Dialect
    {
        public override bool IsPostgres => true;

        public override string Text => "text COLLATE \"C\"";

        public override string Number => "bigint";

        public override string Bytes => "bytea";

        public override string TableEnd => "";

        public override string KeepAlone(string table) => $"SET LOCAL lock_timeout = '500ms'; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE; SET LOCAL lock_timeout = 0";

        public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

        public override string ForUpdate => "FOR UPDATE";

        public override string AnyOf(string column, string argument) => $"{column} = ANY({argument})";

        public override DbParameter Parameter(string name, object? value) => new NpgsqlParameter(name, Plain(value) ?? DBNull.Value);
    }
}
