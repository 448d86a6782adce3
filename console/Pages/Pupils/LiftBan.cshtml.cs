using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

internal sealed class LiftBanPage(PupilDesk desk, ISchoolDays days) : PupilPage(desk)
{
    [BindProperty(SupportsGet = true)]
    public Guid Ban { get; set; }

    [BindProperty]
    public string? LiftReason { get; set; }

    public BanView View { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() =>
        SendAsync(context => Desk.Pupil(context.Tenant, Pupil).LiftBanAsync(context, new LiftBan(new BanId(Ban), LiftReason ?? "")), "lifted");

    protected override async ValueTask<bool> MayAsync() => Lifts(Who, await days.FindAsync(Who.Tenant, Ct));

    /// <summary>Whom the policy names.</summary>
    internal static bool Lifts(Reader who, SchoolToday? today) => who.HasAny([.. BanRules.LiftersUnder(today?.Facts.Policy?.Policy)]);

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync() || (await Desk.Reads.Bans.OfPupilAsync(Who, Pupil, Ct)).FirstOrDefault(b => b.Id.Value == Ban && b.End is null) is not { } ban)
        {
            return false;
        }

        View = ban;
        return true;
    }
}
