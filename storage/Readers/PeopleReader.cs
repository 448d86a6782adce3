using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>
/// People of the reader's school or trust, for everybody who holds a role there today; beside them who is met where somebody of the trust is
/// invited into an incident (C11).
/// </summary>
public sealed class PeopleReader(ViewReader views, InvitationReader invitations)
{
    public async Task<PersonView?> FindAsync(Reader who, PersonId id, CancellationToken ct) =>
        who.Roles.Count == 0 ? null : (await views.FindAsync<PersonView>(who, PersonTables.Person, id.ToString(), ct))?.Body;

    public async Task<IReadOnlyList<PersonView>> FindManyAsync(Reader who, IReadOnlyCollection<PersonId> ids, CancellationToken ct)
    {
        if (who.Roles.Count == 0)
        {
            return [];
        }

        var own = (await views.FindManyAsync<PersonView>(who, PersonTables.Person, [.. ids.Select(i => i.ToString())], ct)).Values.Select(r => r.Body).ToList();
        PersonId[] others = [.. ids.Except(own.Select(p => p.Id))];
        return others.Length == 0 ? own : [.. own, .. await (who.Tenant.Kind == TenantKind.Trust ? invitations.StaffAsync(who, others, ct) : invitations.GuestsAsync(who, others, ct))];
    }

    /// <summary>A grain's reply, noted for the read audit.</summary>
    public static PersonView Show(Reader who, PersonView reply)
    {
        who.Saw($"{PersonTables.Person.Name}/{reply.Id}");
        return reply;
    }

    /// <summary>Everybody who is here.</summary>
    public async Task<IReadOnlyList<PersonView>> PresentAsync(Reader who, CancellationToken ct) =>
        who.Roles.Count == 0 ? [] : [.. (await views.QueryAsync<PersonView>(who, PersonTables.Person, "gone = 0", null, "id", 10_000, ct)).Select(r => r.Body)];
}
