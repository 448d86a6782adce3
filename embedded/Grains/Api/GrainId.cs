namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Grain type and key; reads as <c>type/key</c>.</summary>
public readonly struct GrainId : IEquatable<GrainId>
{
    internal GrainId(string type, string key) => (Type, Key) = (type, key);

    internal string Type { get; }

    internal string Key { get; }

    public bool Equals(GrainId other) => Type == other.Type && Key == other.Key;

    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Type, Key);

    public override string ToString() => $"{Type}/{Key}";

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
