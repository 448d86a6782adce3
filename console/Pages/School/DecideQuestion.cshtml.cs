using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.School;

/// <summary>B1: what the school decides where its policy contradicts itself or is silent.</summary>
internal sealed class DecideQuestionPage(SchoolReader schools, IGrainFactory grains, ISchoolDays days, PolicyDecisionReader decisions) : OwnSchoolPage(schools)
{
    public override string Home => PolicyPage.Address;

    /// <summary>Its id.</summary>
    [BindProperty(SupportsGet = true)]
    public string Question { get; set; } = "";

    [BindProperty]
    public string? Decision { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public PolicyQuestion Asked { get; private set; } = null!;

    public static string AddressOf(string question) => $"{PolicyPage.Address}/questions/{question}";

    public Task<IActionResult> OnGetAsync() => ShowAsync(async () =>
    {
        var known = (await decisions.ListAsync(Who, Ct)).FirstOrDefault(d => d.Answers(Asked));
        (Decision, Reason) = (Unreadable.ForForm(known?.Decision), Unreadable.ForForm(known?.Reason));
    });

    public Task<IActionResult> OnPostAsync() => SendAsync(
        context => grains.GetGrain<ISchoolGrain>(SchoolKey.Of(Who.Tenant).ToString()).DecidePolicyQuestionAsync(context, new DecidePolicyQuestion(Question, Decision ?? "", Reason)), "question-decided");

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync() || (await days.FindAsync(Who.Tenant, Ct))?.Facts.Policy?.Policy.Questions.FirstOrDefault(q => q.Id == Question) is not { } asked
            || !PolicyPage.MayDecide(Who, asked))
        {
            return false;
        }

        Asked = asked;
        return true;
    }
}
