using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>
/// The strings of recently seen names, so that a name used again costs no allocation. A slot keeps the newest
/// name only: memory is bounded, and a sender of made-up names gains nothing but misses.
/// </summary>
internal static class NameTable
{
    private const int Slots = 4096;
    private const int LongestKept = 48;

    private static readonly Entry?[] s_entries = new Entry?[Slots];

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestKept)
        {
            return Encoding.ASCII.GetString(utf8);
        }

        // Entries are immutable and replaced whole; losing a race costs one more string.
        ref var slot = ref s_entries[Hash(utf8) & (Slots - 1)];
        var entry = Volatile.Read(ref slot);
        if (entry is null || !utf8.SequenceEqual(entry.Utf8))
        {
            entry = new(utf8.ToArray(), Encoding.ASCII.GetString(utf8));
            Volatile.Write(ref slot, entry);
        }

        return entry.Text;
    }

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var b in utf8)
        {
            hash = (hash ^ b) * 16777619u;
        }

        return hash ^ (hash >> 15);
    }

    private sealed record Entry(byte[] Utf8, string Text);
}
