using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.School;

/// <summary>B2: the policy in force, in plain words.</summary>
internal sealed class PolicyPage(SchoolReader schools, ISchoolDays days) : OwnSchoolPage(schools)
{
    public const string Address = $"{Path}/policy";

    /// <summary>Null: none is in force.</summary>
    public CompiledPolicy? Compiled { get; private set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync(async () => Compiled = (await days.FindAsync(Who.Tenant, Ct))?.Facts.Policy);
}
