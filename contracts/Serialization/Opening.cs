using System.Text.Json;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Contracts.Serialization;

public static class Opening
{
    /// <summary>The plain value, or default when there is none or its key was destroyed.</summary>
    /// <exception cref="RecordUnreadableException">Its key was lost.</exception>
    public static T? Open<T>(this IKeyring keyring, StreamKey stream, Personal<T>? value)
    {
        if (value is null or { HasPlain: true })
        {
            return value is null ? default : value.Plain;
        }

        var plain = keyring.Open(stream, value.Field!, value.Sealed!);
        return plain is null ? default : JsonSerializer.Deserialize<T>(plain, StoredJson.Options);
    }

    /// <summary>The same to be shown: what a lost key sealed reads as <see cref="Unreadable"/>.</summary>
    public static T? OpenShown<T>(this IKeyring keyring, StreamKey stream, Personal<T>? value)
    {
        try
        {
            return keyring.Open(stream, value);
        }
        catch (RecordUnreadableException)
        {
            return (T)Unreadable.Of(typeof(T));
        }
    }
}
