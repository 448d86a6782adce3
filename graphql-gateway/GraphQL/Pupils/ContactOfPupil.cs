using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Pupils;

/// <summary>Somebody whom the school may have to reach about a pupil.</summary>
[GraphQLName("PupilContact")]
public sealed class ContactOfPupil(PupilContact view)
{
    /// <summary>Given by the server to a new contact, and stable over changes: signatures and records of contact refer to it.</summary>
    public Guid Id => view.Id;

    /// <summary>Who to contact.</summary>
    [Personal]
    public string Name => view.Name;

    /// <summary>What they are to the pupil.</summary>
    [Personal]
    public string Relationship => view.Relationship;

    /// <summary>Has parental responsibility.</summary>
    public bool ParentalResponsibility => view.ParentalResponsibility;

    /// <summary>What an order says of this person, in short; null: none.</summary>
    [Personal]
    public string? CourtOrder => view.CourtOrder;

    /// <summary>The school must not contact this person or tell them anything.</summary>
    public bool NoContact => view.NoContact;

    /// <summary>Telephone number.</summary>
    [Personal]
    public string? Phone => view.Phone;

    /// <summary>Mail address.</summary>
    [Personal]
    public string? Email => view.Email;
}
