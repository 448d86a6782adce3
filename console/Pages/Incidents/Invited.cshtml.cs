using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C11, for the trust's safeguarding lead.</summary>
internal sealed class InvitedPage(InvitationReader invitations) : ConsolePage
{
    public const string Address = "/console/invited";

    public IReadOnlyList<InvitedIncident> Cases { get; private set; } = [];

    public async Task OnGetAsync() => Cases = await invitations.ListAsync(Who, Ct);
}
