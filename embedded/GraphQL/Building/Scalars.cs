using System.Globalization;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>The scalars by name and by C# type. Coercion gives one C# type per scalar; arguments convert from it.</summary>
internal static class Scalars
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(string)] = "String", [typeof(char)] = "String", [typeof(bool)] = "Boolean",
        [typeof(int)] = "Int", [typeof(short)] = "Short", [typeof(byte)] = "Byte", [typeof(long)] = "Long",
        [typeof(uint)] = "UnsignedInt", [typeof(ushort)] = "UnsignedShort", [typeof(ulong)] = "UnsignedLong",
        [typeof(float)] = "Float", [typeof(double)] = "Float", [typeof(decimal)] = "Decimal",
        [typeof(Guid)] = "UUID", [typeof(DateTime)] = "DateTime", [typeof(DateTimeOffset)] = "DateTime",
        [typeof(DateOnly)] = "LocalDate", [typeof(TimeOnly)] = "LocalTime", [typeof(TimeSpan)] = "TimeSpan",
        [typeof(Uri)] = "URL", [typeof(byte[])] = "Base64String",
    };

    public static string? NameOf(Type type) => Names.GetValueOrDefault(type);

    public static ScalarType Create(string name) => new(name, Coercion(name))
    {
        IsBuiltIn = name is "String" or "Int" or "Float" or "Boolean" or "ID",
        Description = name switch
        {
            "Short" or "Byte" or "Long" or "UnsignedInt" or "UnsignedShort" or "UnsignedLong" => "A whole number beyond or within the range of Int.",
            "Decimal" => "A decimal number, exact.",
            "UUID" => "A UUID, with hyphens or without.",
            "DateTime" => "A moment, with its offset from UTC.",
            "LocalDate" => "A day, as 2026-11-02.",
            "LocalTime" => "A time of day, as 15:30:00.",
            "TimeSpan" => "A duration, as ISO 8601 has it.",
            "URL" => "An address.",
            "Base64String" => "Bytes in base64.",
            _ => null,
        },
        SpecifiedBy = name switch
        {
            "DateTime" => "https://www.graphql-scalars.com/date-time",
            "UUID" => "https://tools.ietf.org/html/rfc4122",
            "URL" => "https://tools.ietf.org/html/rfc3986",
            _ => null,
        },
    };

    private static ScalarCoercion Coercion(string name) => name switch
    {
        "String" => String,
        "ID" => Id,
        "Boolean" => Boolean,
        "Int" => Whole<int>,
        "Short" => Whole<short>,
        "Byte" => Whole<byte>,
        "Long" => Whole<long>,
        "UnsignedInt" => Whole<uint>,
        "UnsignedShort" => Whole<ushort>,
        "UnsignedLong" => Whole<ulong>,
        "Float" => Float,
        "Decimal" => Decimal,
        "UUID" => Uuid,
        "DateTime" => DateTime,
        "LocalDate" => LocalDate,
        "LocalTime" => LocalTime,
        "TimeSpan" => Duration,
        "URL" => Url,
        "Base64String" => Bytes,
        _ => throw new InvalidOperationException($"There is no scalar {name}."),
    };

    private static bool Taken<T>(bool parsed, T value, out object? result)
    {
        result = parsed ? value : null;
        return parsed;
    }

    private static bool String(in ScalarInput i, out object? value) => Taken(i.Kind == ScalarInputKind.String && IsText(i.Text), i.Text, out value);

    private static bool Id(in ScalarInput i, out object? value) => Taken(i.Kind is ScalarInputKind.String or ScalarInputKind.Int && IsText(i.Text), i.Text, out value);

    /// <summary>U+0000 is no text to databases, and nobody types it.</summary>
    private static bool IsText(string text) => !text.Contains('\0');

    private static bool Boolean(in ScalarInput i, out object? value) => Taken(i.Kind == ScalarInputKind.Boolean, i.Text == "true", out value);

    private static bool Whole<T>(in ScalarInput i, out object? value)
        where T : struct, System.Numerics.INumber<T>
    {
        var isWhole = T.TryParse(i.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed);
        return Taken(i.Kind == ScalarInputKind.Int && isWhole, parsed, out value);
    }

    private static bool Float(in ScalarInput i, out object? value)
    {
        var isNumber = double.TryParse(i.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && double.IsFinite(parsed);
        return Taken(i.Kind is ScalarInputKind.Int or ScalarInputKind.Float && isNumber, parsed, out value);
    }

    private static bool Decimal(in ScalarInput i, out object? value)
    {
        var isNumber = decimal.TryParse(i.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed);
        return Taken(i.Kind is ScalarInputKind.Int or ScalarInputKind.Float && isNumber, parsed, out value);
    }

    private static bool Uuid(in ScalarInput i, out object? value)
    {
        var parsed = Guid.TryParseExact(i.Text, "D", out var id) || Guid.TryParseExact(i.Text, "N", out id);
        return Taken(i.Kind == ScalarInputKind.String && parsed, id, out value);
    }

    private static readonly string[] DateTimeForms =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd't'HH:mm:ss.FFFFFFFK",
    ];

    private static bool DateTime(in ScalarInput i, out object? value)
    {
        // An offset is required: a time without one would silently mean the server's own.
        var text = i.Text;
        var hasOffset = text.Length > 19 && (text[^1] is 'Z' or 'z' || text.AsSpan(19).IndexOfAny('+', '-') >= 0);
        var parsed = DateTimeOffset.TryParseExact(text.Replace('z', 'Z'), DateTimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at);
        return Taken(i.Kind == ScalarInputKind.String && hasOffset && parsed, at, out value);
    }

    private static bool LocalDate(in ScalarInput i, out object? value)
    {
        var parsed = DateOnly.TryParseExact(i.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        return Taken(i.Kind == ScalarInputKind.String && parsed, date, out value);
    }

    private static bool LocalTime(in ScalarInput i, out object? value)
    {
        var parsed = TimeOnly.TryParseExact(i.Text, ["HH:mm:ss", "HH:mm", "HH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        return Taken(i.Kind == ScalarInputKind.String && parsed, time, out value);
    }

    private static bool Duration(in ScalarInput i, out object? value)
    {
        try
        {
            return Taken(i.Kind == ScalarInputKind.String, System.Xml.XmlConvert.ToTimeSpan(i.Text), out value);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            value = null;
            return false;
        }
    }

    private static bool Url(in ScalarInput i, out object? value) =>
        Taken(Uri.TryCreate(i.Text, UriKind.RelativeOrAbsolute, out var uri) && i.Kind == ScalarInputKind.String, uri, out value);

    private static bool Bytes(in ScalarInput i, out object? value)
    {
        var bytes = new byte[i.Text.Length];
        var isBase64 = Convert.TryFromBase64String(i.Text, bytes, out var length);
        return Taken(i.Kind == ScalarInputKind.String && isBase64, isBase64 ? bytes[..length] : null, out value);
    }
}
