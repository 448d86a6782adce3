using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>A school as it is today: policy in force, staff, covers.</summary>
/// <param name="Day">Europe/London, on the product's clock.</param>
public sealed record SchoolToday(SchoolFacts Facts, DateOnly Day);

/// <summary>What sight depends on beside roles: whom the policy's reports go to, who covers for whom today. The host asks the school itself.</summary>
public interface ISchoolDays
{
    /// <summary>The product's clock.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Null: no such school, or the tenant is a trust.</summary>
    ValueTask<SchoolToday?> FindAsync(TenantId tenant, CancellationToken ct);
}
