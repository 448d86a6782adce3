using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

/// <summary>A3: who may be told what. For those who see contacts; those who keep the pupil's record change them.</summary>
internal class ContactsPage(PupilDesk desk) : PupilPage(desk)
{
    private int _version;

    public override string Home => $"{PupilPath}/contacts";

    public string PupilPath => base.Home;

    public IReadOnlyList<PupilContact> Contacts { get; private set; } = [];

    /// <summary>Of the contacts that the form was made from; after a refusal because of another's change, of those that are there now.</summary>
    [BindProperty]
    public int? ExpectedVersion { get; set; }

    public bool Changed => ErrorOf("expectedVersion") is not null;

    public int Version => Changed ? _version : ExpectedVersion ?? _version;

    public virtual Task<IActionResult> OnGetAsync() => ShowAsync();

    // What sees contacts is the reader's to say: LoadAsync asks it.
    protected override ValueTask<bool> MayAsync() => ValueTask.FromResult(true);

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync() || await KnownAsync() is not { } known)
        {
            return false;
        }

        (Contacts, _version) = (known.Contacts ?? [], known.Version);
        return true;
    }

    /// <summary>Sends all contacts, one of them changed: the form carries only that one.</summary>
    protected async Task<IActionResult> SendAsync(Func<CommandContext, IReadOnlyList<PupilContact>, IReadOnlyList<PupilContact>> change, string done)
    {
        if (await KnownAsync() is not { } known)
        {
            return NotFound();
        }

        // Sent as a whole: those that nobody can read would be gone.
        if (Unreadable.Is(known.Contacts))
        {
            Wrong([Unreadable.Error]);
        }

        return await SendAsync(context => Desk.Pupil(context.Tenant, Pupil).SetContactsAsync(context, new SetContacts(change(context, known.Contacts ?? []), ExpectedVersion)), done);
    }

    private async Task<PupilContactsView?> KnownAsync() => await Desk.Pupils.ContactsAsync(Who, Pupil, Ct) is { Contacts: not null } known ? known : null;
}
