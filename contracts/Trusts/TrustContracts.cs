using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Contracts.Trusts;

/// <summary>What kind of trust.</summary>
public enum TrustKind
{
    /// <summary>One school.</summary>
    SingleSchool,

    /// <summary>A federation.</summary>
    Federation,

    /// <summary>A cluster.</summary>
    Cluster,

    /// <summary>A multi-academy trust.</summary>
    MultiAcademyTrust,
}

[GenerateSerializer, Immutable, Alias("FoundTrust")]
public sealed record FoundTrust(string Name, TrustKind Kind);

/// <summary>A trust and the schools in it. Counts of schools only; nothing personal.</summary>
[GenerateSerializer, Immutable, Alias("TrustView")]
public sealed record TrustView(TenantId Id, string Name, TrustKind Kind, IReadOnlyList<TrustSchool> Schools);

[GenerateSerializer, Immutable, Alias("TrustSchool")]
public sealed record TrustSchool(TenantId School, string Urn, DateTimeOffset JoinedAt);

/// <summary>A trust, federation, cluster or single school: its schools and its own people. Key: <c>t/{uuid}/trust</c>.</summary>
[Alias("ITrustGrain")]
public interface ITrustGrain : IStaffGrain
{
    Task<Result<TrustView>> FoundAsync(CommandContext context, FoundTrust command);
}

public static class TrustKey
{
    public static readonly StreamId Stream = new("trust");

    public static StreamKey Of(TenantId trust) => new(trust, Stream);
}

public static class TrustTables
{
    /// <summary>One row per trust; id = the tenant's UUID.</summary>
    public static readonly ViewTable Trust = new("trust", 1, [], []) { Personal = false };
}

public static class TrustErrors
{
    public static readonly DomainError AlreadyFounded = DomainError.Refused("TRUST_EXISTS", "This trust already exists.");

    public static readonly DomainError NameMissing = DomainError.Invalid("NAME_MISSING", "Enter the trust's name.", "name");

    public static readonly DomainError NotFounded = DomainError.NotFound("trust");
}
