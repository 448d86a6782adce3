using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.GraphQL.Access;
using OnlineSafetyTrust.Gateway.GraphQL.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Strategies;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Pupils;

/// <summary>A pupil of one school. Staff see name, year and class; the rest is for those who lead and null for others.</summary>
[Node]
public sealed class Pupil(PupilSeen pupil)
{
    /// <summary>Its global id.</summary>
    [ID]
    public string Id => pupil.View.Id.ToString();

    /// <summary>Null once erased.</summary>
    [Personal]
    public string? Name => pupil.View.Name;

    /// <summary>N1 N2 R 1..14.</summary>
    public string YearGroup => pupil.View.YearGroup;

    /// <summary>Their class.</summary>
    [Personal]
    public string? ClassName => pupil.View.ClassName;

    /// <summary>Phase of schooling.</summary>
    public Phase Phase => pupil.View.Phase;

    /// <summary>Last day on roll; null: on roll.</summary>
    public DateOnly? LeftOn => pupil.View.LeftOn;

    /// <summary>Date of birth; null where the caller may not see it.</summary>
    [Personal]
    public DateOnly? DateOfBirth => pupil.View.DateOfBirth;

    /// <summary>Unique pupil number.</summary>
    [Personal]
    public string? Upn => pupil.View.Upn;

    /// <summary>Special educational needs.</summary>
    [Personal]
    public bool? Sen => pupil.Details ? pupil.View.Sen : null;

    /// <summary>Who teaches a pupil that is educated off site.</summary>
    [Personal]
    public string? OffSiteProvider => pupil.View.OffSiteProvider;

    /// <summary>Their key worker.</summary>
    public Task<Person?> GetKeyWorkerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(pupil.View.KeyWorker, ct);

    /// <summary>Their class teacher.</summary>
    public Task<Person?> GetClassTeacherAsync(PersonById people, CancellationToken ct) => people.PersonAsync(pupil.View.ClassTeacher, ct);

    /// <summary>For DSL, deputy, head, senior leaders and pastoral team.</summary>
    public async Task<IReadOnlyList<ContactOfPupil>?> GetContactsAsync(ContactsByPupil contacts, CancellationToken ct) =>
        (await contacts.LoadAsync(pupil.View.Id, ct))?.Contacts is not { } known ? null
        : Unreadable.Is(known) ? throw new RecordUnreadableException()
        : [.. known.Select(c => new ContactOfPupil(c))];

    /// <summary>How often the contacts were set; for expectedVersion of setContacts. Null where contacts is.</summary>
    public async Task<int?> GetContactsVersionAsync(ContactsByPupil contacts, CancellationToken ct) =>
        await contacts.LoadAsync(pupil.View.Id, ct) is { Contacts: not null } known ? known.Version : null;

    /// <summary>Bans to come and in force, and the last that ended.</summary>
    public async Task<IReadOnlyList<Ban>> GetBansAsync(BansByPupil bans, CancellationToken ct) => [.. (await bans.LoadAsync(pupil.View.Id, ct) ?? []).Select(b => new Ban(b))];

    /// <summary>The pupil's technology access strategy, for those who decide and those who teach the pupil.</summary>
    public async Task<Strategy?> GetStrategyAsync(StrategyByPupil strategies, CancellationToken ct) => await strategies.LoadAsync(pupil.View.Id, ct) is { } found ? new Strategy(found) : null;

    /// <summary>Daily checks, for those who plan them.</summary>
    public async Task<CheckSchedule?> GetChecksAsync(ChecksByPupil checks, CancellationToken ct) => await checks.LoadAsync(pupil.View.Id, ct) is { } schedule ? CheckSchedule.Of(schedule) : null;

    /// <summary>Checks of all days until today, for those who plan them; null for others.</summary>
    /// <param name="order">In which order.</param>
    [UsePaging(ConnectionName = "CheckHistory")]
    public async Task<Connection<Check>?> GetCheckHistoryAsync(
        [DefaultValue(CheckHistoryOrder.DateDesc)] CheckHistoryOrder order, int? first, string? after, int? last, string? before, CheckHistoryByPupil checks, CancellationToken ct) =>
        await checks.LoadAsync(new CheckHistoryAsked(pupil.View.Id, order, Connections.Page(first, after, last, before)), ct) is { } page ? Connections.Of(page, c => new Check(c)) : null;

    [NodeResolver]
    public static Task<Pupil?> GetAsync(string id, Session session, PupilById pupils, CancellationToken ct)
    {
        session.Asks(SessionAudit.Node);
        return FindAsync(id, pupils, ct);
    }

    internal static async Task<Pupil?> FindAsync(string id, PupilById pupils, CancellationToken ct) =>
        await pupils.LoadAsync(Ids.Of<PupilId>(id), ct) is { } seen ? new Pupil(seen) : null;
}

internal static class PupilFields
{
    public static async Task<Pupil?> PupilAsync(this PupilById pupils, PupilId? id, CancellationToken ct) =>
        id is { } known && await pupils.LoadAsync(known, ct) is { } seen ? new Pupil(seen) : null;

    public static async Task<IReadOnlyList<Pupil>> PupilsAsync(this PupilById pupils, IReadOnlyCollection<PupilId> ids, CancellationToken ct) =>
        [.. (await pupils.LoadAsync(ids, ct)).OfType<PupilSeen>().Select(p => new Pupil(p))];
}
