using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>What the product itself needs to know of people: who signs in, where mail goes. Never an answer to somebody's question.</summary>
public sealed class DirectoryReader(ViewReader views, SystemReader system)
{
    private const int MostPeople = 5000;

    public async Task<PersonView?> FindPersonAsync(TenantId tenant, PersonId person, CancellationToken ct) =>
        (await views.FindAsync<PersonView>(ProductReads.Of(tenant), PersonTables.Person, person.ToString(), ct))?.Body;

    /// <summary>Whoever came in with a sign-in, as long as it is theirs; null: they left, or it was linked anew.</summary>
    /// <param name="signIn">As below; null: they came in without one, which only Development allows.</param>
    public async Task<PersonView?> FindSignedInAsync(TenantId tenant, PersonId person, string? signIn, CancellationToken ct) =>
        (signIn is null ? await FindPersonAsync(tenant, person, ct) : await FindBySignInAsync(tenant, signIn, ct)) is { LeftAt: null } found && found.Id == person ? found : null;

    /// <param name="signIn">Keyed digest of issuer and subject, hex.</param>
    public async Task<PersonView?> FindBySignInAsync(TenantId tenant, string signIn, CancellationToken ct)
    {
        var args = new Dictionary<string, object?> { ["signIn"] = signIn };
        var found = await views.QueryAsync<PersonView>(ProductReads.Of(tenant), PersonTables.Person, "sign_in = @signIn AND gone = 0", args, "", 1, ct);
        return found.Count == 0 ? null : found[0].Body;
    }

    public async Task<IReadOnlyList<PersonView>> PeopleAsync(TenantId tenant, CancellationToken ct) =>
        [.. (await views.QueryAsync<PersonView>(ProductReads.Of(tenant), PersonTables.Person, "gone = 0", null, "id", MostPeople, ct)).Select(r => r.Body)];

    public async Task<SchoolView?> SchoolAsync(TenantId school, CancellationToken ct) =>
        (await views.FindAsync<SchoolView>(ProductReads.Of(school), SchoolTables.School, school.Value.ToString("D"), ct))?.Body;

    public async Task<IReadOnlyList<TrustView>> TrustsAsync(CancellationToken ct)
    {
        var trusts = new List<TrustView>();
        foreach (var tenant in await system.TenantsAsync(TrustTables.Trust, ct))
        {
            if (await views.FindAsync<TrustView>(ProductReads.Of(tenant), TrustTables.Trust, tenant.Value.ToString("D"), ct) is { } trust)
            {
                trusts.Add(trust.Body);
            }
        }

        return trusts;
    }
}
