using System.Security.Cryptography;
using System.Text;

namespace OnlineSafetyTrust.Demo;

/// <summary>The same throws for the same name on every machine and every version of the framework.</summary>
internal sealed class Dice(string name)
{
    private ulong _state = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name)), 0) | 1;

    /// <summary>0 to below <paramref name="below"/>.</summary>
    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)((_state >> 11) % (ulong)below);
    }

    public bool Percent(int chance) => Next(100) < chance;

    public T Of<T>(IReadOnlyList<T> items) => items[Next(items.Count)];
}
