using System.Collections;
using System.Globalization;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

internal static class ErrorWriter
{
    /// <summary>Writes <c>{"errors":[…]</c>; the caller closes it.</summary>
    public static void Write(ResponseWriter w, IReadOnlyList<IError> errors)
    {
        w.Raw("{\"errors\":["u8);
        for (var i = 0; i < errors.Count; i++)
        {
            if (i > 0)
            {
                w.Raw((byte)',');
            }

            Write(w, errors[i]);
        }

        w.Raw((byte)']');
    }

    private static void Write(ResponseWriter w, IError error)
    {
        w.Raw("{\"message\":"u8);
        w.Text(error.Message);
        if (error.Locations is { Count: > 0 } locations)
        {
            w.Raw(",\"locations\":["u8);
            for (var i = 0; i < locations.Count; i++)
            {
                w.Raw(i > 0 ? ",{\"line\":"u8 : "{\"line\":"u8);
                w.Number((long)locations[i].Line);
                w.Raw(",\"column\":"u8);
                w.Number((long)locations[i].Column);
                w.Raw((byte)'}');
            }

            w.Raw((byte)']');
        }

        if (error.Path is { } path)
        {
            w.Raw(",\"path\":"u8);
            Value(w, path.ToList());
        }

        var extensions = error.Extensions ?? new Dictionary<string, object?>();
        if (error.Code is { } code && !extensions.ContainsKey("code"))
        {
            extensions = new Dictionary<string, object?>(extensions) { ["code"] = code };
        }

        if (extensions.Count > 0)
        {
            w.Raw(",\"extensions\":"u8);
            Value(w, extensions);
        }

        w.Raw((byte)'}');
    }

    private static void Value(ResponseWriter w, object? value)
    {
        switch (value)
        {
            case null: w.Null(); break;
            case string text: w.Text(text); break;
            case bool b: w.Boolean(b); break;
            case int or long or short or byte: w.Number(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double d when double.IsFinite(d): w.Number(d); break;
            case decimal m: w.Number(m); break;
            case Path path: Value(w, path.ToList()); break;
            case IReadOnlyDictionary<string, object?> map: Map(w, map); break;
            case IEnumerable items: List(w, items); break;
            default: w.Text(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static void Map(ResponseWriter w, IReadOnlyDictionary<string, object?> map)
    {
        var separator = (byte)'{';
        foreach (var (key, value) in map)
        {
            w.Raw(separator);
            w.Text(key);
            w.Raw((byte)':');
            Value(w, value);
            separator = (byte)',';
        }

        w.Raw(map.Count == 0 ? "{}"u8 : "}"u8);
    }

    private static void List(ResponseWriter w, IEnumerable items)
    {
        var separator = (byte)'[';
        foreach (var item in items)
        {
            w.Raw(separator);
            Value(w, item);
            separator = (byte)',';
        }

        w.Raw(separator == '[' ? "[]"u8 : "]"u8);
    }
}
