using System.Globalization;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Pupils;

/// <summary>Somebody to contact about a pupil.</summary>
/// <param name="Id">The id that the contact has already; a new contact when left out.</param>
/// <param name="CourtOrder">What an order says of this person, in short.</param>
/// <param name="NoContact">The school must not contact this person or tell them anything.</param>
/// <param name="Name">Who to contact.</param>
/// <param name="Relationship">What they are to the pupil.</param>
/// <param name="ParentalResponsibility">Has parental responsibility.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Email">Mail address.</param>
public sealed record PupilContactInput(
    Guid? Id, [property: Personal] string Name, [property: Personal] string Relationship, bool ParentalResponsibility, [property: Personal] string? CourtOrder, bool NoContact,
    [property: Personal] string? Phone, [property: Personal] string? Email);

/// <summary>All contacts of a pupil; they replace those before.</summary>
/// <param name="Contacts">All of them: whoever is not in the list is no contact any more.</param>
/// <param name="PupilId">The pupil.</param>
/// <param name="ExpectedVersion">Pupil.contactsVersion as it was read with the contacts that these were made from. Left out, a colleague's change made meanwhile is replaced.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record SetContactsInput([property: ID(nameof(Pupil))] string PupilId, IReadOnlyList<PupilContactInput> Contacts, int? ExpectedVersion, Guid? CommandId) : ICommandInput
{
    internal SetContacts ToCommand(CommandContext context) => new(
        [.. Contacts.Select((c, i) => new PupilContact(
            c.Id ?? context.NewId(string.Create(CultureInfo.InvariantCulture, $"contact/{i}")), c.Name.Trim(), c.Relationship.Trim(), c.ParentalResponsibility,
            string.IsNullOrWhiteSpace(c.CourtOrder) ? null : c.CourtOrder.Trim(), c.NoContact, c.Phone, c.Email))], ExpectedVersion);
}

/// <summary>Who it is from now on.</summary>
/// <param name="PersonId">The person; null: nobody.</param>
public sealed record PersonChangeInput([property: ID(nameof(Person))] string? PersonId)
{
    internal Change<PersonId?> Change => new(PersonId is null ? null : Ids.Of<PersonId>(PersonId));
}

/// <summary>What it is from now on.</summary>
/// <param name="Text">The words; null: none.</param>
public sealed record TextChangeInput([property: Personal] string? Text);

/// <summary>What the school itself says of a pupil. What is left out stays.</summary>
/// <param name="PupilId">The pupil.</param>
/// <param name="KeyWorker">Their key worker.</param>
/// <param name="ClassTeacher">Their class teacher. A roster with registration classes replaces it at the next import.</param>
/// <param name="OffSiteProvider">Who teaches a pupil that is educated off site.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record UpdatePupilInput(
    [property: ID(nameof(Pupil))] string PupilId, PersonChangeInput? KeyWorker, PersonChangeInput? ClassTeacher, TextChangeInput? OffSiteProvider, Guid? CommandId) : ICommandInput
{
    internal UpdatePupil ToCommand() =>
        new(KeyWorker: KeyWorker?.Change, ClassTeacher: ClassTeacher?.Change, OffSiteProvider: OffSiteProvider is { Text: var text } ? new Change<string>(text) : null);
}

/// <summary>What ended when a pupil left was seen to.</summary>
/// <param name="PupilId">The pupil.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record SettleEndedMeasuresInput([property: ID(nameof(Pupil))] string PupilId, Guid? CommandId) : ICommandInput;

/// <summary>The answer to a mutation of a pupil.</summary>
/// <param name="Pupil">The pupil, as changed.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record PupilPayload(Pupil? Pupil, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<PupilView>, PupilPayload> For(Session session) =>
        result => new(result.Ok ? new Pupil(PupilReader.Show(session.Reader, result.Value)) : null, UserErrors.Of(result.Errors));
}

/// <summary>The answer to setting a pupil's contacts.</summary>
/// <param name="Contacts">As they are now.</param>
/// <param name="ContactsVersion">For the next expectedVersion.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record PupilContactsPayload(IReadOnlyList<ContactOfPupil>? Contacts, int? ContactsVersion, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<PupilContactsView>, PupilContactsPayload> For(Session session) => result =>
    {
        if (result.Ok)
        {
            session.Reader.Saw($"pupil/{result.Value.Id}");
        }

        return new(result.Ok ? result.Value.Contacts?.Select(c => new ContactOfPupil(c)).ToList() : null, result.Value?.Version, UserErrors.Of(result.Errors));
    };
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class PupilMutations
{
    /// <summary>Says who looks after a pupil: key worker, class teacher, off-site provider. Daily checks follow at once.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PupilPayload> UpdatePupilAsync(UpdatePupilInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.Pupil(session, input.PupilId).UpdateAsync(session.Context(input), input.ToCommand()), PupilPayload.For(session));

    /// <summary>Ends the task (LEAVER_MEASURES, RETURNER_MEASURES) about daily checks, bans and a strategy that ended when a pupil left: they were seen to. When the pupil comes back it is asked again.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PupilPayload> SettleEndedMeasuresAsync(SettleEndedMeasuresInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.Pupil(session, input.PupilId).SettleEndedMeasuresAsync(session.Context(input), new SettleEndedMeasures()), PupilPayload.For(session));

    /// <summary>Sets a pupil's contacts as a whole: who may be told what, and who has to agree to a strategy. With expectedVersion it is refused where somebody set them since (CONTACTS_CHANGED).</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PupilContactsPayload> SetContactsAsync(SetContactsInput input, Session session, IGrainFactory grains)
    {
        var context = session.Context(input);
        return session.RunAsync(() => grains.Pupil(session, input.PupilId).SetContactsAsync(context, input.ToCommand(context)), PupilContactsPayload.For(session));
    }
}
