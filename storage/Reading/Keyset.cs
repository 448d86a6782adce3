using System.Buffers.Text;
using System.Text.Json;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Reading;

/// <summary>
/// Turns an order and a cursor into a predicate. A cursor is the order's name, the row's sort keys and its id as a JSON list in base64url:
/// a place in one order is none in another.
/// </summary>
internal sealed class Keyset
{
    public const int LargestPage = 500;
    private const int DefaultPage = 50;

    public static readonly DomainError CursorInvalid = DomainError.Invalid("CURSOR_INVALID", "This page address is damaged or from another list. Start again from the first page.", "after");

    private readonly (string Column, bool Descending, bool Text)[] _keys;
    private readonly int[] _places;
    private readonly string _name;

    public Keyset(KeysetOrder order, ViewTable table)
    {
        _places = [.. order.Columns.Select(o => Place(table, o.Column))];
        var idDescending = order.Columns.Count > 0 && order.Columns[0].Descending;
        _name = string.Join(' ', order.Columns.Select(o => (o.Descending ? "-" : "") + o.Column).Prepend(table.Name));
        _keys = [.. order.Columns.Select((o, i) => (o.Column, o.Descending, table.Columns[_places[i]].Kind == ColumnKind.Text)), ("id", idDescending, true)];
    }

    /// <summary>Which way a page goes, from where, and how many items it has at most.</summary>
    public static (bool Backward, string? Cursor, int Limit) Ask(PageRequest page)
    {
        var backward = page.Last is not null || (page.First is null && page.Before is not null);
        return (backward, backward ? page.Before : page.After, Math.Clamp((backward ? page.Last : page.First) ?? DefaultPage, 0, LargestPage));
    }

    /// <summary>Rows as they were read, one more than the page holds where there are more, in the order of the list.</summary>
    public static (List<T> Rows, bool HasNext, bool HasPrevious) Cut<T>(List<T> rows, PageRequest page)
    {
        var (backward, cursor, limit) = Ask(page);
        var more = rows.Count > limit;
        rows = rows[..Math.Min(rows.Count, limit)];
        if (backward)
        {
            rows.Reverse();
        }

        return (rows, backward ? cursor is not null : more, backward ? more : cursor is not null);
    }

    public bool TryPlan(PageRequest page, out KeysetPlan plan)
    {
        var (backward, cursor, limit) = Ask(page);
        var orderBy = string.Join(", ", _keys.Select(k => $"{k.Column} {(k.Descending != backward ? "DESC" : "ASC")}"));
        plan = new KeysetPlan("", [], orderBy, limit);
        if (cursor is null)
        {
            return true;
        }

        if (!TryRead(cursor, out var values))
        {
            return false;
        }

        var args = values.Select((v, i) => ($"k{i}", v)).ToDictionary(a => a.Item1, a => (object?)a.v);
        plan = plan with { Where = Where(backward), Args = args };
        return true;
    }

    public string Cursor(string id, IReadOnlyList<object?> values)
    {
        var keys = _places.Select(p => values[p] ?? throw new InvalidOperationException("A list is not ordered by a column with nulls.")).Prepend(_name).Append(id);
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(keys));
    }

    /// <summary>One direction: a row comparison that an index answers. Mixed: the same spelled out, bounded by the first column.</summary>
    private string Where(bool backward)
    {
        if (_keys.All(k => k.Descending == _keys[0].Descending))
        {
            return $"({string.Join(", ", _keys.Select(k => k.Column))}) {Sign(_keys[0].Descending, backward)} ({string.Join(", ", _keys.Select((_, i) => $"@k{i}"))})";
        }

        var cases = _keys.Select((key, i) => $"({string.Concat(_keys.Take(i).Select((k, j) => $"{k.Column} = @k{j} AND "))}{key.Column} {Sign(key.Descending, backward)} @k{i})");
        return $"{_keys[0].Column} {Sign(_keys[0].Descending, backward)}= @k0 AND ({string.Join(" OR ", cases)})";
    }

    private static string Sign(bool descending, bool backward) => descending != backward ? "<" : ">";

    private bool TryRead(string cursor, out object[] values)
    {
        values = new object[_keys.Length];
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(cursor));
            if (json.RootElement.ValueKind != JsonValueKind.Array || json.RootElement.GetArrayLength() != _keys.Length + 1 || !json.RootElement[0].ValueEquals(_name))
            {
                return false;
            }

            for (var i = 0; i < _keys.Length; i++)
            {
                var key = json.RootElement[i + 1];
                if (key.ValueKind != (_keys[i].Text ? JsonValueKind.String : JsonValueKind.Number))
                {
                    return false;
                }

                values[i] = _keys[i].Text ? key.GetString()! : key.GetInt64();
            }

            return true;
        }
        catch (Exception error) when (error is FormatException or JsonException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static int Place(ViewTable table, string column)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name == column)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"{table.TableName} has no column {column} to be ordered by.");
    }
}

internal sealed record KeysetPlan(string Where, Dictionary<string, object?> Args, string OrderBy, int Limit);
