using System.Data.Common;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Storage.Keys;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Reading;

/// <summary>
/// Lists, read for somebody in their tenant. <c>tenant = @tenant</c> is added here and cannot be left out.
/// What a lost key sealed reads as <see cref="Unreadable"/>, and the reader is told. Predicates and orders are the product's own text, never a caller's input; values go in as arguments.
/// </summary>
public sealed class ViewReader
{
    private readonly IDatabase _database;
    private readonly Keyring _keyring;
    private readonly OpenedRows _opened;

    internal ViewReader(IDatabase database, Keyring keyring) => (_database, _keyring, _opened) = (database, keyring, new OpenedRows(keyring));

    /// <summary>Predicate text: <paramref name="column"/> is one of the texts in the list argument.</summary>
    public string AnyOf(string column, string argument) => _database.Dialect.AnyOf(column, argument);

    /// <param name="where">Predicate over the table's columns, id and stream; empty for all.</param>
    /// <param name="args">Without @: string, long, int, Guid, ids, times, dates, or a list of texts for <see cref="AnyOf"/>.</param>
    /// <param name="orderBy">Such as <c>at DESC, id</c>.</param>
    public async Task<IReadOnlyList<Row<T>>> QueryAsync<T>(Reader who, ViewTable table, string where, IReadOnlyDictionary<string, object?>? args, string orderBy, int limit, CancellationToken ct)
    {
        var rows = await QueryRawAsync(who, table, where, new(args ?? new Dictionary<string, object?>()), orderBy, limit, ct);
        return await OpenAsync<T>(who, table, rows, ct);
    }

    /// <summary>The same of several schools, of tables that hold nothing personal: the caller took them from the trust's view. No order across the schools.</summary>
    public async Task<IReadOnlyList<Row<T>>> QueryAsync<T>(Reader who, IReadOnlyList<TenantId> schools, ViewTable table, string where, IReadOnlyDictionary<string, object?>? args, int limit, CancellationToken ct)
    {
        if (table.Personal)
        {
            throw new InvalidOperationException($"{table.Name} is read school by school, by somebody.");
        }

        if (schools.Count == 0)
        {
            return [];
        }

        var all = new Dictionary<string, object?>(args ?? new Dictionary<string, object?>()) { ["schools"] = schools.Select(s => s.ToString()).ToArray() };
        var rows = await QueryRawAsync(new ReadScope(who.Tenant, schools), table, AnyOf("tenant", "@schools"), where, all, "", limit, ct);
        return await OpenAsync<T>(who, schools, table, rows, ct);
    }

    public async Task<Row<T>?> FindAsync<T>(Reader who, ViewTable table, string id, CancellationToken ct)
    {
        var found = await QueryAsync<T>(who, table, "id = @id", Arguments.Of(("id", id)), "", 1, ct);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>By id, for data loaders; ids of other tenants are simply not in the answer.</summary>
    public async Task<IReadOnlyDictionary<string, Row<T>>> FindManyAsync<T>(Reader who, ViewTable table, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var found = await QueryAsync<T>(who, table, AnyOf("id", "@ids"), Arguments.Of(("ids", ids)), "", ids.Count, ct);
        return found.ToDictionary(r => r.Id, StringComparer.Ordinal);
    }

    public async Task<long> CountAsync(Reader who, ViewTable table, string where, IReadOnlyDictionary<string, object?>? args, CancellationToken ct)
    {
        var condition = where.Length == 0 ? "" : $" AND ({where})";
        var all = new Dictionary<string, object?>(args ?? new Dictionary<string, object?>()) { ["tenant"] = who.Tenant };
        var count = await _database.QueryAsync(new ReadScope(who.Tenant), $"SELECT COUNT(*) FROM {table.TableName} WHERE tenant = @tenant{condition}", all, row => row.GetInt64(0), ct);
        return count[0];
    }

    /// <summary>The different values of one column among the rows: what is there, without any of it being opened.</summary>
    public async Task<IReadOnlySet<string>> ValuesAsync(Reader who, ViewTable table, string column, string where, IReadOnlyDictionary<string, object?> args, CancellationToken ct)
    {
        var all = new Dictionary<string, object?>(args) { ["tenant"] = who.Tenant };
        var sql = $"SELECT DISTINCT {column} FROM {table.TableName} WHERE tenant = @tenant AND ({where})";
        return (await _database.QueryAsync(new ReadScope(who.Tenant), sql, all, row => row.GetString(0), ct)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A page by keys: rows that come or go between two pages neither repeat nor hide others.</summary>
    public async Task<Result<Page<Row<T>>>> PageAsync<T>(Reader who, ViewTable table, string where, IReadOnlyDictionary<string, object?>? args, KeysetOrder order, PageRequest page, CancellationToken ct)
    {
        var keyset = new Keyset(order, table);
        if (!keyset.TryPlan(page, out var plan))
        {
            return Keyset.CursorInvalid;
        }

        var all = new Dictionary<string, object?>(args ?? new Dictionary<string, object?>());
        foreach (var (name, value) in plan.Args)
        {
            all[name] = value;
        }

        var condition = string.Join(" AND ", new[] { where, plan.Where }.Where(c => c.Length > 0).Select(c => $"({c})"));
        var (rows, hasNext, hasPrevious) = Keyset.Cut(await QueryRawAsync(who, table, condition, all, plan.OrderBy, plan.Limit + 1, ct), page);
        var opened = await OpenAsync<T>(who, table, rows, ct);
        var items = opened.Select(r => new PageItem<Row<T>>(keyset.Cursor(r.Id, r.Values), r)).ToArray();
        return new Page<Row<T>>(items, hasNext, hasPrevious);
    }

    /// <summary>The same page of several lists, in one read: the rows with each of these values in a text column are a list of their own.</summary>
    /// <param name="column">Of the table; each value of it has a page in the answer.</param>
    public async Task<Result<Dictionary<string, Page<Row<T>>>>> PagesAsync<T>(
        Reader who, ViewTable table, string column, IReadOnlyCollection<string> values, string where, IReadOnlyDictionary<string, object?>? args, KeysetOrder order, PageRequest page, CancellationToken ct)
    {
        var keyset = new Keyset(order, table);
        if (!keyset.TryPlan(page, out var plan))
        {
            return Keyset.CursorInvalid;
        }

        var all = new Dictionary<string, object?>(args ?? new Dictionary<string, object?>()) { ["values"] = values, ["each"] = plan.Limit + 1 };
        foreach (var (name, value) in plan.Args)
        {
            all[name] = value;
        }

        // Numbered over the index; only the rows of the pages are fetched.
        var condition = string.Join(" AND ", new[] { "tenant = @tenant", AnyOf(column, "@values"), where, plan.Where }.Where(c => c.Length > 0).Select(c => $"({c})"));
        var numbered = $"SELECT id, ROW_NUMBER() OVER (PARTITION BY {column} ORDER BY {plan.OrderBy}) AS place FROM {table.TableName} WHERE {condition}";
        var rows = await QueryRawAsync(who, table, $"id IN (SELECT id FROM ({numbered}) AS numbered WHERE place <= @each)", all, plan.OrderBy, (plan.Limit + 1) * values.Count, ct);
        var lists = rows.ToLookup(r => r.Text(table, column));
        var cut = values.Distinct().ToDictionary(v => v, v => Keyset.Cut([.. lists[v]], page));
        var opened = (await OpenAsync<T>(who, table, [.. cut.Values.SelectMany(c => c.Rows)], ct)).ToDictionary(r => r.Id, r => new PageItem<Row<T>>(keyset.Cursor(r.Id, r.Values), r));
        return cut.ToDictionary(c => c.Key, c => new Page<Row<T>>([.. c.Value.Rows.Select(r => opened[r.Id])], c.Value.HasNext, c.Value.HasPrevious));
    }

    private Task<List<RawRow>> QueryRawAsync(Reader who, ViewTable table, string where, Dictionary<string, object?> args, string orderBy, int limit, CancellationToken ct)
    {
        args["tenant"] = who.Tenant;
        return QueryRawAsync(new ReadScope(who.Tenant), table, "tenant = @tenant", where, args, orderBy, limit, ct);
    }

    private Task<List<RawRow>> QueryRawAsync(ReadScope scope, ViewTable table, string tenant, string where, Dictionary<string, object?> args, string orderBy, int limit, CancellationToken ct)
    {
        var condition = where.Length == 0 ? "" : $" AND ({where})";
        var order = orderBy.Length == 0 ? "" : $" ORDER BY {orderBy}";
        var sql = $"SELECT tenant, id, stream, body{string.Concat(table.Columns.Select(c => $", {c.Name}"))} FROM {table.TableName} WHERE {tenant}{condition}{order} LIMIT @limit";
        args["limit"] = limit;
        return _database.QueryAsync(scope, sql, args, row => RawRow.Read(row, table), ct);
    }

    private static void Note(Reader who, ViewTable table, RawRow row)
    {
        who.Saw($"{table.Name}/{row.Id}");
        foreach (var about in table.About)
        {
            if (row.Text(table, about.Column) is { } id)
            {
                who.Saw(about.Kind is { } kind ? $"{kind}/{id}" : id);
            }
        }
    }

    private Task<IReadOnlyList<Row<T>>> OpenAsync<T>(Reader who, ViewTable table, List<RawRow> rows, CancellationToken ct) => OpenAsync<T>(who, [who.Tenant], table, rows, ct);

    private async Task<IReadOnlyList<Row<T>>> OpenAsync<T>(Reader who, IReadOnlyList<TenantId> tenants, ViewTable table, List<RawRow> rows, CancellationToken ct)
    {
        var moment = _opened.Moment;
        var known = rows.ConvertAll(row => _opened.Find(typeof(T), table, row, moment));
        await _keyring.FetchFromAsync([.. rows.Where((_, i) => known[i] is null).Select(row => (ReadOnlyMemory<byte>)row.Body)], ct);
        var asked = tenants.ToDictionary(t => t.ToString(), StringComparer.Ordinal);
        var opened = new Row<T>[rows.Count];
        for (var i = 0; i < opened.Length; i++)
        {
            var row = rows[i];
            // SQLite has no row-level security: a predicate that got round the tenant ends here.
            if (!asked.TryGetValue(row.Tenant, out var tenant))
            {
                throw new InvalidOperationException($"A query of {table.TableName} left its tenant.");
            }

            if (table.Personal)
            {
                Note(who, table, row);
            }

            var stream = new StreamKey(tenant, new StreamId(row.Stream));
            opened[i] = new Row<T>(row.Id, stream, row.Values, known[i] is { } body ? (T)body : Open<T>(who, table, row, stream, moment));
        }

        return opened;
    }

    private T Open<T>(Reader who, ViewTable table, RawRow row, StreamKey stream, long moment)
    {
        using var scope = new OpeningScope(_keyring, stream, showLost: true);
        var body = StoredJson.Read<T>(row.Body);
        if (scope.HasLost)
        {
            who.Missed();
        }
        else
        {
            _opened.Keep(typeof(T), table, row, body!, moment);
        }

        return body;
    }
}

internal readonly record struct RawRow(string Tenant, string Id, string Stream, byte[] Body, object?[] Values)
{
    /// <summary>A text column's value or the row's id.</summary>
    public string? Text(ViewTable table, string column)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            if (table.Columns[i].Name == column)
            {
                return (string?)Values[i];
            }
        }

        return column == "id" ? Id : throw new InvalidOperationException($"{table.TableName} has no column {column}.");
    }

    /// <summary>Columns in the order tenant, id, stream, body, then the table's.</summary>
    public static RawRow Read(DbDataReader row, ViewTable table)
    {
        var values = new object?[table.Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = row.IsDBNull(i + 4) ? null : table.Columns[i].Kind == ColumnKind.Text ? row.GetString(i + 4) : row.GetInt64(i + 4);
        }

        return new RawRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3), values);
    }
}
