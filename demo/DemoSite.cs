using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Demo;

/// <summary>A school of the demo while it is built: who works there, who is on roll.</summary>
internal sealed class DemoSite(IGrainFactory grains, DemoSchool school, DemoCalendar calendar)
{
    private readonly Dictionary<Role, List<PersonId>> _staff = [];

    public DemoSchool School => school;

    public TenantId Tenant { get; } = school.Tenant;

    public DemoCalendar Calendar => calendar;

    public IReadOnlyList<PupilView> Pupils { get; set; } = [];

    public ISchoolGrain Grain => grains.GetGrain<ISchoolGrain>(SchoolKey.Of(Tenant).ToString());

    public PersonId this[Role role, int index = 0] => _staff[role][index % _staff[role].Count];

    public void Holds(PersonId person, Role role)
    {
        if (!_staff.TryGetValue(role, out var holders))
        {
            _staff[role] = holders = [];
        }

        holders.Add(person);
    }

    public T Get<T>(StreamKey key) where T : IGrainWithStringKey => grains.GetGrain<T>(key.ToString());

    public CommandContext System(string command) => DemoIds.Context(Tenant, Actor.System, "setup", $"{school.Urn} {command}");

    public CommandContext As(PersonId person, string command, string purpose = "safeguarding") => DemoIds.Context(Tenant, Actor.Of(person), purpose, $"{school.Urn} {command}");
}
