using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>Predicates that grow filter by filter, and pages of lists that are held in memory.</summary>
internal sealed class Listing
{
    private readonly List<string> _conditions = [];
    private readonly Dictionary<string, object?> _args = [];

    public string Where => string.Join(" AND ", _conditions);

    public IReadOnlyDictionary<string, object?> Args => _args;

    public Listing And(string condition, string argument, object? value)
    {
        if (value is not null)
        {
            _conditions.Add(condition);
            _args[argument] = value;
        }

        return this;
    }

    public Listing And(IncidentSight sight)
    {
        if (sight.Where is { Length: > 0 } where)
        {
            _conditions.Add(where);
            foreach (var (name, value) in sight.Args)
            {
                _args[name] = value;
            }
        }

        return this;
    }

    public static Page<T> Empty<T>() => new([], false, false);

    /// <summary>A page without the rows' wrapping.</summary>
    public static Result<Page<T>> Bodies<T>(Result<Page<Row<T>>> page) => page.Ok
        ? new Page<T>([.. page.Value.Items.Select(i => new PageItem<T>(i.Cursor, i.Item.Body))], page.Value.HasNext, page.Value.HasPrevious)
        : Result<Page<T>>.Failed(page.Errors);

    /// <summary>A page of a list in memory; its cursors are the items' ids, looked up in the list as it is now.</summary>
    public static Result<Page<T>> Page<T>(IReadOnlyList<T> all, Func<T, string> id, PageRequest page)
    {
        var (backward, cursor, size) = Keyset.Ask(page);
        var at = -1;
        if (cursor is not null)
        {
            at = Place(all, id, cursor);
            if (at < 0)
            {
                return Keyset.CursorInvalid;
            }
        }

        var (start, end) = backward
            ? (Math.Max((cursor is null ? all.Count : at) - size, 0), cursor is null ? all.Count : at)
            : (at + 1, Math.Min(at + 1 + size, all.Count));
        return new Page<T>([.. all.Skip(start).Take(end - start).Select(i => new PageItem<T>(id(i), i))], end < all.Count, start > 0);
    }

    private static int Place<T>(IReadOnlyList<T> all, Func<T, string> id, string cursor)
    {
        for (var i = 0; i < all.Count; i++)
        {
            if (id(all[i]) == cursor)
            {
                return i;
            }
        }

        return -1;
    }
}
