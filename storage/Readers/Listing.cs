using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>Predicates that grow filter by filter.</summary>
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
    public static Result<Page<T>> Bodies<T>(Result<Page<Row<T>>> page) => page.Ok ? Bodies(page.Value) : Result<Page<T>>.Failed(page.Errors);

    public static Page<T> Bodies<T>(Page<Row<T>> page) => new([.. page.Items.Select(i => new PageItem<T>(i.Cursor, i.Item.Body))], page.HasNext, page.HasPrevious);
}
