using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.People;

/// <summary>A member of staff, governor or volunteer of a school or trust.</summary>
[Node]
public sealed class Person(PersonView view)
{
    /// <summary>Its global id.</summary>
    [ID]
    public string Id => view.Id.ToString();

    /// <summary>Null once erased.</summary>
    [Personal]
    public string? Name => view.Name;

    /// <summary>Roles with their first and last days.</summary>
    public IReadOnlyList<RoleHolding> Roles => view.Roles;

    /// <summary>When they left; null while they are here.</summary>
    public DateTimeOffset? LeftAt => view.LeftAt;

    /// <summary>A sign-in is linked; without one they cannot come in.</summary>
    public bool HasSignIn => view.HasSignIn;

    [NodeResolver]
    public static async Task<Person?> GetAsync(string id, Session session, PersonById people, CancellationToken ct)
    {
        session.Asks(SessionAudit.Node);
        return await people.LoadAsync(Ids.Of<PersonId>(id), ct) is { } view ? new Person(view) : null;
    }
}

/// <summary>People by id, in one read for a whole operation.</summary>
public sealed class PersonById(PeopleReader people, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<PersonId, PersonView>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<PersonId, PersonView>> LoadBatchAsync(IReadOnlyList<PersonId> keys, CancellationToken cancellationToken) =>
        (await people.FindManyAsync(session.Reader, keys, cancellationToken)).ToDictionary(p => p.Id);
}

internal static class PersonFields
{
    public static async Task<Person?> PersonAsync(this PersonById people, PersonId? id, CancellationToken ct) =>
        id is { } known && await people.LoadAsync(known, ct) is { } view ? new Person(view) : null;

    public static async Task<IReadOnlyList<Person>> PeopleAsync(this PersonById people, IReadOnlyCollection<PersonId> ids, CancellationToken ct) =>
        [.. (await people.LoadAsync(ids, ct)).OfType<PersonView>().Select(p => new Person(p))];
}
