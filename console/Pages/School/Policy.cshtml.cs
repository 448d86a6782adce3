using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.School;

/// <summary>B2: the policy in force, in plain words.</summary>
internal sealed class PolicyPage(SchoolReader schools, ISchoolDays days, PolicyDecisionReader decisions, Names names) : OwnSchoolPage(schools)
{
    public const string Address = $"{Path}/policy";

    /// <summary>Null: none is in force.</summary>
    public CompiledPolicy? Compiled { get; private set; }

    public IReadOnlyList<PolicyDecisionView> Decisions { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync(async () =>
    {
        Compiled = (await days.FindAsync(Who.Tenant, Ct))?.Facts.Policy;
        if (Compiled is { Policy.Questions.Count: > 0 })
        {
            Decisions = await decisions.ListAsync(Who, Ct);
            await names.LearnAsync(Decisions.Select(d => d.By.Person), [], Ct);
        }
    });

    public bool MayDecide(PolicyQuestion question) => MayDecide(Who, question);

    public static bool MayDecide(Reader who, PolicyQuestion question) => who.HasAny([Role.Headteacher, .. question.DecidedBy]);
}
