using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;

namespace OnlineSafetyTrust.Grains.Access;

/// <summary>
/// A row's body as its readers see it. A reply takes the way of the view (stored JSON, opened), so that the two cannot differ and no
/// third copy of the record is needed. What cannot be read reads as <see cref="Unreadable"/>.
/// </summary>
internal static class OpenedView
{
    public static TView Of<TView>(IKeyring keyring, StreamKey key, object body)
    {
        using var opening = new OpeningScope(keyring, key, showLost: true);
        return StoredJson.Read<TView>(StoredJson.Write(body, body.GetType()));
    }
}
