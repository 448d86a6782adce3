using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.People;

/// <summary>How somebody signs in, as the school's provider names them.</summary>
/// <param name="Issuer">The provider's issuer: a web address, letter for letter as its tokens say it.</param>
/// <param name="Subject">The person's subject there.</param>
public sealed record SignInInput([property: Personal] string Issuer, [property: Personal] string Subject)
{
    internal string Text => SignIns.Of(Issuer.Trim(), Subject.Trim());
}

/// <summary>Somebody who joins the staff, the governors or the volunteers.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Email">Where notices go.</param>
/// <param name="SignIn">How they sign in; can be linked later.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record AddPersonInput([property: Personal] string Name, [property: Personal] string Email, SignInInput? SignIn, Guid? CommandId) : ICommandInput;

/// <summary>What is right of a person's name and address. Left out: unchanged.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Where notices go.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record UpdatePersonInput([property: ID(nameof(Person))] string PersonId, [property: Personal] string? Name, [property: Personal] string? Email, Guid? CommandId) : ICommandInput;

/// <summary>With which sign-in somebody comes in.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="SignIn">How they sign in.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record LinkSignInInput([property: ID(nameof(Person))] string PersonId, SignInInput SignIn, Guid? CommandId) : ICommandInput;

/// <summary>A role given to a person.</summary>
/// <param name="From">First day; today when left out.</param>
/// <param name="To">Last day; null: until further notice.</param>
/// <param name="PersonId">The person.</param>
/// <param name="Role">The role.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record AssignRoleInput([property: ID(nameof(Person))] string PersonId, Role Role, DateOnly? From, DateOnly? To, Guid? CommandId) : ICommandInput;

/// <summary>A role that ends.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Role">The role.</param>
/// <param name="LastDay">Last day; today when left out.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record EndRoleInput([property: ID(nameof(Person))] string PersonId, Role Role, DateOnly? LastDay, Guid? CommandId) : ICommandInput;

/// <summary>Who stands in for whom, and when.</summary>
/// <param name="From">First day of the absence.</param>
/// <param name="To">Last day of the absence.</param>
/// <param name="AbsentId">Who is away.</param>
/// <param name="CoverId">Who stands in.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record ArrangeCoverInput([property: ID(nameof(Person))] string AbsentId, [property: ID(nameof(Person))] string CoverId, DateOnly From, DateOnly To, Guid? CommandId) : ICommandInput;

/// <summary>An absence that does not happen, or is over before its last day.</summary>
/// <param name="AbsentId">Who was to be away.</param>
/// <param name="From">First day of the absence, as it was arranged.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record CancelCoverInput([property: ID(nameof(Person))] string AbsentId, DateOnly From, Guid? CommandId) : ICommandInput;

/// <summary>Somebody who leaves.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record RecordLeaverInput([property: ID(nameof(Person))] string PersonId, Guid? CommandId) : ICommandInput;

/// <summary>The answer to a mutation of a person's roles.</summary>
/// <param name="Person">The person, as changed.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record PersonPayload(Person? Person, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<PersonView>, PersonPayload> For(Session session) =>
        result => new(result.Ok ? new Person(PeopleReader.Show(session.Reader, result.Value)) : null, UserErrors.Of(result.Errors));
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class PersonMutations
{
    /// <summary>Adds somebody to the school. They may do nothing until they have a role, and come in once a sign-in is linked.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PersonPayload> AddPersonAsync(AddPersonInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.School(session).AddPersonAsync(session.Context(input), new AddPerson(input.Name, input.Email, input.SignIn?.Text, null)), PersonPayload.For(session));

    /// <summary>
    /// Corrects a person's name or e-mail address. How they sign in stays as it is. Where the notices of a head or a DSL go is the head's to say.
    /// What comes from a roster is said again by the next import: correct it there too.
    /// </summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PersonPayload> UpdatePersonAsync(UpdatePersonInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.School(session).UpdatePersonAsync(session.Context(input), new UpdatePerson(Ids.Of<PersonId>(input.PersonId), input.Name, input.Email)), PersonPayload.For(session));

    /// <summary>Links a person with their sign-in at the school's provider; the one linked before is not theirs any more. That of a head or a DSL is the head's to link.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PersonPayload> LinkSignInAsync(LinkSignInInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.School(session).LinkSignInAsync(session.Context(input), new LinkSignIn(Ids.Of<PersonId>(input.PersonId), input.SignIn.Text)), PersonPayload.For(session));

    /// <summary>Gives a person a role from a day on.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PersonPayload> AssignRoleAsync(AssignRoleInput input, Session session, IGrainFactory grains, ProductDay today) =>
        session.RunAsync(
            () => grains.School(session).AssignRoleAsync(
                session.Context(input), new AssignRole(Ids.Of<PersonId>(input.PersonId), input.Role, input.From ?? today.Now, input.To)),
            PersonPayload.For(session));

    /// <summary>A role ends with a day. The last DSL or headteacher cannot end (LAST_HOLDER): the successor is given the role first, from the next day on; a cover does not count.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PersonPayload> EndRoleAsync(EndRoleInput input, Session session, IGrainFactory grains, ProductDay today) =>
        session.RunAsync(
            () => grains.School(session).EndRoleAsync(session.Context(input), new EndRole(Ids.Of<PersonId>(input.PersonId), input.Role, input.LastDay ?? today.Now)), PersonPayload.For(session));

    /// <summary>Somebody stands in for an absent role-holder between two days. The same absence again, from the same first day, replaces the arrangement.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PersonPayload> ArrangeCoverAsync(ArrangeCoverInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.School(session).ArrangeCoverAsync(
                session.Context(input), new ArrangeCover(Ids.Of<PersonId>(input.AbsentId), Ids.Of<PersonId>(input.CoverId), input.From, input.To)),
            PersonPayload.For(session));

    /// <summary>Calls off a cover before its first day, or ends it while it runs: what falls to the absent person is theirs again at once. Answers with that person.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PersonPayload> CancelCoverAsync(CancelCoverInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.School(session).CancelCoverAsync(session.Context(input), new CancelCover(Ids.Of<PersonId>(input.AbsentId), input.From)), PersonPayload.For(session));

    /// <summary>A leaver loses access at once, the last DSL or headteacher too: the next in line then has a task to see to it.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<PersonPayload> RecordLeaverAsync(RecordLeaverInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.School(session).RecordLeaverAsync(session.Context(input), new RecordLeaver(Ids.Of<PersonId>(input.PersonId))), PersonPayload.For(session));
}
