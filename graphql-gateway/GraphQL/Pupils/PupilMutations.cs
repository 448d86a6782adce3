using System.Globalization;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.Sessions;

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
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record SetContactsInput([property: ID(nameof(Pupil))] string PupilId, IReadOnlyList<PupilContactInput> Contacts, Guid? CommandId) : ICommandInput
{
    internal SetContacts ToCommand(CommandContext context) => new(
        [.. Contacts.Select((c, i) => new PupilContact(
            c.Id ?? context.NewId(string.Create(CultureInfo.InvariantCulture, $"contact/{i}")), c.Name.Trim(), c.Relationship.Trim(), c.ParentalResponsibility,
            string.IsNullOrWhiteSpace(c.CourtOrder) ? null : c.CourtOrder.Trim(), c.NoContact, c.Phone, c.Email))]);
}

/// <summary>The answer to setting a pupil's contacts.</summary>
/// <param name="Contacts">As they are now.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record PupilContactsPayload(IReadOnlyList<ContactOfPupil>? Contacts, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<PupilContactsView>, PupilContactsPayload> For(Session session) => result =>
    {
        if (result.Ok)
        {
            session.Reader.Saw($"pupil/{result.Value.Id}");
        }

        return new(result.Ok ? result.Value.Contacts?.Select(c => new ContactOfPupil(c)).ToList() : null, UserErrors.Of(result.Errors));
    };
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class PupilMutations
{
    /// <summary>Sets a pupil's contacts as a whole: who may be told what, and who has to agree to a strategy.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PupilContactsPayload> SetContactsAsync(SetContactsInput input, Session session, IGrainFactory grains)
    {
        var context = session.Context(input);
        return session.RunAsync(() => grains.Pupil(session, input.PupilId).SetContactsAsync(context, input.ToCommand(context)), PupilContactsPayload.For(session));
    }
}
