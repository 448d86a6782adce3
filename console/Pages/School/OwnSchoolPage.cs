using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.StaffConsole.Pages.People;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.School;

/// <summary>The reader's own school. Everybody there may see it; head, senior leaders and DSL change it.</summary>
internal abstract class OwnSchoolPage(SchoolReader schools) : RecordPage
{
    public const string Path = "/console/school";

    public override string Home => Path;

    public SchoolView School { get; private set; } = null!;

    public SchoolCalendar Calendar { get; private set; } = null!;

    public bool MayChange => Who.HasAny(CoverPage.Arrangers);

    /// <summary>A form, which only those who may send it get.</summary>
    protected virtual bool IsForm => false;

    protected override async Task<bool> LoadAsync()
    {
        if ((IsForm && !MayChange) || await schools.FindAsync(Who, Who.Tenant, Ct) is not { } school)
        {
            return false;
        }

        (School, Calendar) = (school, (await schools.CalendarsAsync(Who, [school], Ct))[school.Id]);
        return true;
    }
}

/// <summary>A form on the school.</summary>
internal abstract class SchoolForm(SchoolReader schools, IGrainFactory grains) : OwnSchoolPage(schools)
{
    protected ISchoolGrain Grain => grains.GetGrain<ISchoolGrain>(SchoolKey.Of(Who.Tenant).ToString());

    protected override bool IsForm => true;
}
