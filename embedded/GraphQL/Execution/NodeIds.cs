using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>Global ids: base64 of <c>Type:key</c>.</summary>
internal static class NodeIds
{
    // Longer ids are none of ours; decoding them would be work for nothing.
    private const int MaxLength = 1024;

    public static string Format(string type, string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{type}:{key}"));

    public static bool TryParse(string id, out string type, out string key)
    {
        (type, key) = ("", "");
        if (id.Length is 0 or > MaxLength)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxLength];
        var unpadded = id.AsSpan().TrimEnd('=');
        if (unpadded.ContainsAny('-', '_')
            ? Base64Url.DecodeFromChars(unpadded, bytes, out _, out var length) != OperationStatus.Done // TryDecode… throws where the text is none.
            : !Convert.TryFromBase64Chars(id, bytes, out length))
        {
            return false;
        }

        var colon = bytes[..length].IndexOf((byte)':');
        if (colon <= 0 || !System.Text.Unicode.Utf8.IsValid(bytes[..length]))
        {
            return false;
        }

        type = Encoding.UTF8.GetString(bytes[..colon]);
        key = Encoding.UTF8.GetString(bytes[(colon + 1)..length]);
        return true;
    }

    /// <summary>The key as the C# type that a parameter or property wants; false when it is no such key.</summary>
    public static bool TryKey(string key, Type type, out object? value)
    {
        value = null;
        if (type == typeof(string) || type == typeof(object))
        {
            value = key;
            return true;
        }

        if (type == typeof(Guid))
        {
            var parsed = Guid.TryParse(key, out var id);
            value = id;
            return parsed;
        }

        var parse = KeyParsers.GetOrAdd(type, MakeParser);
        value = parse?.Invoke(key);
        return value is not null;
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, Func<string, object?>?> KeyParsers = [];

    private static Func<string, object?>? MakeParser(Type type) =>
        Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>) && i.GetGenericArguments()[0] == type)
            ? typeof(NodeIds).GetMethod(nameof(Parse), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(type).CreateDelegate<Func<string, object?>>()
            : null;

    private static object? Parse<T>(string key)
        where T : IParsable<T> => T.TryParse(key, CultureInfo.InvariantCulture, out var value) ? value : null;

    internal sealed class Writer(string type)
    {
        private readonly byte[] _prefix = Encoding.UTF8.GetBytes(type + ":");

        public void Write(ResponseWriter writer, string key)
        {
            var room = _prefix.Length + (key.Length * 3);
            if (room > 512)
            {
                writer.Text(Format(type, key));
                return;
            }

            Span<byte> plain = stackalloc byte[512];
            _prefix.CopyTo(plain);
            var length = _prefix.Length + Encoding.UTF8.GetBytes(key, plain[_prefix.Length..]);
            Span<byte> quoted = stackalloc byte[690];
            quoted[0] = (byte)'"';
            Base64.EncodeToUtf8(plain[..length], quoted[1..], out _, out var written);
            quoted[written + 1] = (byte)'"';
            writer.Raw(quoted[..(written + 2)]);
        }
    }
}
