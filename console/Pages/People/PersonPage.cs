using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

/// <summary>A form on somebody who is here.</summary>
internal abstract class PersonPage(IGrainFactory grains, PeopleReader people) : PeoplePage(grains)
{
    public PersonView Person { get; private set; } = null!;

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync() || await people.FindAsync(Who, new PersonId(Id), Ct) is not { LeftAt: null } person)
        {
            return false;
        }

        Person = person;
        return true;
    }

    // Whom it is about stands in the address: there is no input to lead to.
    protected override string FieldOf(DomainError error) => error.Fields is ["personId"] ? "" : base.FieldOf(error);
}
