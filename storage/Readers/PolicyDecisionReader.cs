using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>What a school has decided on questions of its policy, for everybody who holds a role there today, as the policy is.</summary>
public sealed class PolicyDecisionReader(ViewReader views)
{
    private const int Most = 1000;

    public async Task<IReadOnlyList<PolicyDecisionView>> ListAsync(Reader who, CancellationToken ct) =>
        who.Tenant.Kind != TenantKind.School || who.Roles.Count == 0 ? [] : [.. (await views.QueryAsync<PolicyDecisionView>(who, SchoolTables.PolicyDecision, "", null, "id", Most, ct)).Select(r => r.Body)];

    /// <summary>A grain's reply, noted for the read audit.</summary>
    public static PolicyDecisionView Show(Reader who, PolicyDecisionView reply)
    {
        who.Saw($"{SchoolTables.PolicyDecision.Name}/{reply.Question}");
        return reply;
    }
}
