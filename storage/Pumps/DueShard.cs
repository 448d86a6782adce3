using System.Text;

namespace OnlineSafetyTrust.Storage.Pumps;

/// <summary>Which of the 16 pumps looks after a stream: FNV-1a of its name, the same in every release.</summary>
internal static class DueShard
{
    public const int Count = 16;

    public static long Of(string tenant, string stream)
    {
        var hash = 2166136261u;
        Span<byte> bytes = stackalloc byte[512];
        foreach (var text in (ReadOnlySpan<string>)[tenant, stream])
        {
            var length = Encoding.UTF8.GetBytes(text.AsSpan(0, Math.Min(text.Length, 160)), bytes);
            foreach (var b in bytes[..length])
            {
                hash = (hash ^ b) * 16777619u;
            }
        }

        return (hash ^ (hash >> 16)) & (Count - 1);
    }
}
