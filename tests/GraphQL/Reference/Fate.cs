using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Building;

namespace OnlineSafetyTrust.GraphQL.Tests.Reference;

/// <summary>
/// What a field gives follows from its parent's seed, its name and its arguments: a value, null (also where none may
/// be) or an exception. execute.mjs holds the same rules for graphql-js.
/// </summary>
public static class Fate
{
    private static readonly Dictionary<Type, Func<uint, object>> s_leaves = new()
    {
        [typeof(int)] = h => (int)((h >> 4) % 1000) - 500,
        [typeof(double)] = h => ((h >> 4) % 1000 / 8.0) - 3,
        [typeof(bool)] = h => ((h >> 4) & 1) == 1,
        [typeof(string)] = h => $"s\"é😀\n{h}",
        [typeof(Unit)] = h => (Unit)((h >> 4) % 3),
        [typeof(DateOnly)] = h => new DateOnly(2020, 1, 1).AddDays((int)((h >> 4) % 1000)),
        [typeof(Guid)] = h => Guid.ParseExact($"{h:x8}-0000-4000-8000-0000{h:x8}", "D"),
    };

    public static T Of<T>(Thing? parent, string field, params object?[] arguments) =>
        (T)Value(typeof(T), Hash(parent?.Seed ?? 0, $"{field}({string.Join(',', arguments.Select(Canonical))})"), isItem: false)!;

    public static async Task<T> LaterAsync<T>(Thing? parent, string field, params object?[] arguments)
    {
        await Task.Yield();
        return Of<T>(parent, field, arguments);
    }

    /// <summary>FNV-1a.</summary>
    public static uint Hash(uint seed, string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes($"{seed}/{text}"))
        {
            hash = (hash ^ b) * 16777619;
        }

        return hash ^ (hash >> 15);
    }

    private static object? Value(Type type, uint h, bool isItem)
    {
        var canBeNull = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        if (h % 13 == 1 && canBeNull)
        {
            return null;
        }

        if (h % 13 <= 1 && !isItem)
        {
            throw new InvalidOperationException("So it was to be.");
        }

        type = ClrTypes.Bare(type);
        if (s_leaves.TryGetValue(type, out var leaf))
        {
            return leaf(h);
        }

        if (ClrTypes.ElementOf(type) is { } element)
        {
            var items = Array.CreateInstance(element, (h >> 4) % 4);
            for (var i = 0; i < items.Length; i++)
            {
                items.SetValue(Value(element, Hash(h, $"[{i}]"), isItem: true), i);
            }

            return items;
        }

        var possible = typeof(Thing).Assembly.GetTypes().Where(t => !t.IsAbstract && type.IsAssignableFrom(t)).OrderBy(t => t.Name, StringComparer.Ordinal).ToArray();
        return Activator.CreateInstance(possible[(h >> 4) % possible.Length], h);
    }

    private static string Canonical(object? value) => value switch
    {
        null => "n",
        bool b => b ? "t" : "f",
        int i => string.Create(CultureInfo.InvariantCulture, $"i{i}"),
        double d => $"d{BitConverter.DoubleToInt64Bits(d):x16}",
        Enum e => $"e{Naming.ScreamingSnake(e.ToString())}",
        DateOnly d => Canonical(d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Guid g => Canonical(g.ToString("D")),
        string s => $"s{s.Length}:{s}",
        IEnumerable items => $"[{string.Join(',', items.Cast<object?>().Select(Canonical))}]",
        _ => $"{{{string.Join(',', value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => $"{Naming.CamelCase(p.Name)}={Canonical(p.GetValue(value))}"))}}}",
    };
}
