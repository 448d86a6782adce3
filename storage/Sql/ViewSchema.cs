using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Sql;

/// <summary>Tables of views, made from their descriptors.</summary>
internal static partial class ViewSchema
{
    [GeneratedRegex("^[a-z][a-z0-9_]{0,40}$")]
    private static partial Regex NamePattern { get; }

    /// <summary>PostgreSQL's: refused as columns on SQLite too, where they would work.</summary>
    private static readonly HashSet<string> Reserved = new(
        ("all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_date current_role current_time current_timestamp "
        + "current_user default deferrable desc distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral leading limit "
        + "localtime localtimestamp not null offset on only or order placing primary references returning select session_user some symmetric table then to trailing true union "
        + "unique user using variadic when where window with").Split(' '), StringComparer.Ordinal);

    /// <summary>
    /// Creates what is missing. A table that starts empty beside a journal that is not must be built before it is read, and so must one that this release
    /// does not write, before a release that reads it starts again.
    /// </summary>
    public static async Task CreateMissingAsync(DbConnection connection, Dialect dialect, IReadOnlyList<ViewTable> tables, Func<ViewTable, string> access)
    {
        var known = (await connection.QueryAsync<string>("SELECT name FROM view_tables")).ToHashSet(StringComparer.Ordinal);
        var empty = await connection.ExecuteScalarAsync<long>("SELECT position FROM head WHERE id = 1") == 0;
        foreach (var table in tables.Where(t => !known.Contains(t.TableName)))
        {
            await connection.ExecuteAsync(Create(table, table.TableName, "", dialect) + access(table));
            await connection.ExecuteAsync("INSERT INTO view_tables VALUES (@name, @built)", new { name = table.TableName, built = empty ? 1L : 0L });
        }

        var others = known.Where(n => n.StartsWith(ViewTable.Prefix, StringComparison.Ordinal)).Except(tables.Select(t => t.TableName));
        await connection.ExecuteAsync($"UPDATE view_tables SET built = 0 WHERE {dialect.AnyOf("name", "@names")} AND built <> 0", new { names = dialect.List(others) });
    }

    /// <param name="suffix">Keeps the index names of a table that is built beside the running one apart.</param>
    public static string Create(ViewTable view, string table, string suffix, Dialect dialect)
    {
        Check(view);
        var columns = string.Concat(view.Columns.Select(c => $"{c.Name} {(c.Kind == ColumnKind.Text ? dialect.Text : dialect.Number)}, "));
        var sql = $"CREATE TABLE {table} (tenant {dialect.Text} NOT NULL, id {dialect.Text} NOT NULL, stream {dialect.Text} NOT NULL, {columns}body {dialect.Bytes} NOT NULL, PRIMARY KEY (tenant, id)){dialect.TableEnd};\n";
        // For rebuilding and verifying stream by stream.
        sql += $"CREATE INDEX {view.TableName}{suffix}_stream ON {table} (tenant, stream);\n";
        for (var i = 0; i < view.Indexes.Count; i++)
        {
            sql += $"CREATE INDEX {view.TableName}{suffix}_ix{i} ON {table} (tenant, {string.Join(", ", view.Indexes[i])}, id);\n";
        }

        return sql;
    }

    private static void Check(ViewTable view)
    {
        foreach (var name in view.Columns.Select(c => c.Name).Append(view.Name).Concat(view.Indexes.SelectMany(i => i)))
        {
            if (!NamePattern.IsMatch(name) || (name != view.Name && Reserved.Contains(name)))
            {
                throw new StoreException(StoreProblem.Misconfigured, $"'{name}' in view {view.Name} is no name for a table or column: use a-z, 0-9 and _, and no reserved word.", true);
            }
        }
    }
}
