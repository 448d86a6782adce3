using System.Globalization;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>Writes a leaf value; false when there is none (null) and nothing was written.</summary>
internal delegate bool LeafWrite<in T>(ResponseWriter writer, T value);

/// <summary>Chooses the writer of a leaf by its C# type once, when the schema is built.</summary>
internal static class LeafWriters
{
    /// <summary>A <see cref="LeafWrite{T}"/> of <paramref name="clr"/>, which may be nullable.</summary>
    public static Delegate For(Type clr, NamedType type, string? idOf)
    {
        var bare = Nullable.GetUnderlyingType(clr) ?? clr;
        if (type.Name == "ID")
        {
            return (Delegate)typeof(LeafWriters).GetMethod(nameof(IdOf), Flags)!.MakeGenericMethod(clr).Invoke(null, [idOf])!;
        }

        var write = type is EnumType e
            ? (Delegate)typeof(LeafWriters).GetMethod(nameof(EnumOf), Flags)!.MakeGenericMethod(bare).Invoke(null, [e])!
            : Plain(bare);
        return bare == clr
            ? write
            : (Delegate)typeof(LeafWriters).GetMethod(nameof(OptionalOf), Flags)!.MakeGenericMethod(bare).Invoke(null, [write])!;
    }

    /// <summary>The same for values that come boxed: list items and results of tasks.</summary>
    public static LeafWrite<object?> Boxed(Type clr, Delegate write) =>
        (LeafWrite<object?>)typeof(LeafWriters).GetMethod(nameof(BoxedOf), Flags)!.MakeGenericMethod(clr).Invoke(null, [write])!;

    private const System.Reflection.BindingFlags Flags = System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static;

    private static LeafWrite<object?> BoxedOf<T>(LeafWrite<T> write) => (w, value) => value is T typed && write(w, typed);

    private static LeafWrite<T?> OptionalOf<T>(LeafWrite<T> write)
        where T : struct => (w, value) => value.HasValue && write(w, value.GetValueOrDefault());

    private static LeafWrite<T> EnumOf<T>(EnumType type)
        where T : struct
    {
        var names = type.Values.ToDictionary(v => (T)v.Value, v => System.Text.Encoding.UTF8.GetBytes($"\"{v.Name}\""));
        return (w, value) =>
        {
            w.Raw(names.TryGetValue(value, out var name) ? name : throw new InvalidOperationException($"{value} is no value of {type.Name}."));
            return true;
        };
    }

    private static LeafWrite<T> IdOf<T>(string? idOf)
    {
        if (idOf is null)
        {
            return (w, value) => value is not null && Written(w, Key(value));
        }

        var ids = new NodeIds.Writer(idOf);
        return (w, value) =>
        {
            if (value is null)
            {
                return false;
            }

            ids.Write(w, Key(value));
            return true;
        };
    }

    private static string Key<T>(T value) => value switch
    {
        string s => s,
        Guid g => g.ToString("N"),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value!.ToString() ?? "",
    };

    private static Delegate Plain(Type clr) => clr switch
    {
        _ when clr == typeof(string) => (LeafWrite<string?>)((w, v) => v is not null && Written(w, v)),
        _ when clr == typeof(bool) => Always<bool>((w, v) => w.Boolean(v)),
        _ when clr == typeof(int) => Always<int>((w, v) => w.Number(v)),
        _ when clr == typeof(short) => Always<short>((w, v) => w.Number(v)),
        _ when clr == typeof(byte) => Always<byte>((w, v) => w.Number((long)v)),
        _ when clr == typeof(long) => Always<long>((w, v) => w.Number(v)),
        _ when clr == typeof(uint) => Always<uint>((w, v) => w.Number((long)v)),
        _ when clr == typeof(ushort) => Always<ushort>((w, v) => w.Number((long)v)),
        _ when clr == typeof(ulong) => Always<ulong>((w, v) => w.Number(v)),
        _ when clr == typeof(double) => Always<double>((w, v) => Finite(w.Number(v))),
        _ when clr == typeof(float) => Always<float>((w, v) => Finite(w.Number((double)v))),
        _ when clr == typeof(decimal) => Always<decimal>((w, v) => w.Number(v)),
        _ when clr == typeof(Guid) => Always<Guid>((w, v) => w.Quoted(v)),
        _ when clr == typeof(DateOnly) => Always<DateOnly>((w, v) => w.Quoted(v, "yyyy-MM-dd")),
        _ when clr == typeof(TimeOnly) => Always<TimeOnly>((w, v) => w.Quoted(v, "HH:mm:ss")),
        _ when clr == typeof(DateTimeOffset) => Always<DateTimeOffset>(Time),
        _ when clr == typeof(DateTime) => Always<DateTime>((w, v) => Time(w, v.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(v, DateTimeKind.Utc) : v)),
        _ when clr == typeof(char) => Always<char>((w, v) => w.Text([v])),
        _ when clr == typeof(TimeSpan) => Always<TimeSpan>((w, v) => w.Text(System.Xml.XmlConvert.ToString(v))),
        _ when clr == typeof(Uri) => (LeafWrite<Uri?>)((w, v) => v is not null && Written(w, v.OriginalString)),
        _ when clr == typeof(byte[]) => (LeafWrite<byte[]?>)((w, v) => v is not null && Written(w, Convert.ToBase64String(v))),
        _ => throw new InvalidOperationException($"{clr} cannot be written as a scalar."),
    };

    private static LeafWrite<T> Always<T>(Action<ResponseWriter, T> write) => (w, v) =>
    {
        write(w, v);
        return true;
    };

    private static void Time(ResponseWriter w, DateTimeOffset v)
    {
        // UTC is written Z; Hot Chocolate does the same.
        if (v.Offset == TimeSpan.Zero)
        {
            w.Quoted(v, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        }
        else
        {
            w.Quoted(v, "yyyy-MM-dd'T'HH:mm:ss.fffzzz");
        }
    }

    private static void Finite(bool written)
    {
        if (!written)
        {
            throw new InvalidOperationException("JSON has neither infinity nor NaN.");
        }
    }

    private static bool Written(ResponseWriter w, string v)
    {
        w.Text(v);
        return true;
    }
}
