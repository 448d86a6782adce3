using System.Diagnostics.CodeAnalysis;

namespace OnlineSafetyTrust.Contracts;

/// <summary>A UUID that knows what it names. Text form: 32 lower-case hex digits in groups of 8-4-4-4-12.</summary>
public interface ITypedId<TSelf> where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf Of(Guid value);

    /// <summary>Time-ordered (version 7), so that new rows land at the end of an index.</summary>
    static virtual TSelf New(DateTimeOffset now) => TSelf.Of(Guid.CreateVersion7(now));

    static virtual bool TryParse([NotNullWhen(true)] string? text, out TSelf id)
    {
        var ok = Guid.TryParseExact(text, "D", out var value);
        id = TSelf.Of(value);
        return ok;
    }
}

[GenerateSerializer, Immutable, Alias("PersonId")]
public readonly record struct PersonId(Guid Value) : ITypedId<PersonId>
{
    public static PersonId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}

[GenerateSerializer, Immutable, Alias("PupilId")]
public readonly record struct PupilId(Guid Value) : ITypedId<PupilId>
{
    public static PupilId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}

[GenerateSerializer, Immutable, Alias("IncidentId")]
public readonly record struct IncidentId(Guid Value) : ITypedId<IncidentId>
{
    public static IncidentId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}

[GenerateSerializer, Immutable, Alias("DeviceId")]
public readonly record struct DeviceId(Guid Value) : ITypedId<DeviceId>
{
    public static DeviceId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}
