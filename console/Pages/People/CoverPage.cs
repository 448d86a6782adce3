using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

/// <summary>A3: who is away or will be, and who stands in; for those who may arrange it.</summary>
internal abstract class CoverPage(IGrainFactory grains, ISchoolDays days, Names names) : RecordPage
{
    public const string Path = "/console/cover";

    public static readonly Role[] Arrangers = [Role.Headteacher, Role.SeniorLeader, Role.Dsl];

    public override string Home => Path;

    /// <summary>Those that are not over, by their first day.</summary>
    public IReadOnlyList<CoverPeriod> Covers { get; private set; } = [];

    protected ISchoolGrain School => grains.GetGrain<ISchoolGrain>(SchoolKey.Of(Who.Tenant).ToString());

    protected override async Task<bool> LoadAsync()
    {
        if (!Who.HasAny(Arrangers) || await days.FindAsync(Who.Tenant, Ct) is not { } today)
        {
            return false;
        }

        Covers = [.. today.Facts.Covers.Where(c => c.To >= today.Day).OrderBy(c => c.From)];
        await names.LearnAsync(Covers.SelectMany(c => new PersonId?[] { c.Absent, c.Cover }), [], Ct);
        return true;
    }
}
