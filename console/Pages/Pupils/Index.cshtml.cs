using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

/// <summary>Finds a pupil. Sent as a form, because a name in an address would stay in histories and logs.</summary>
internal sealed class PupilsPage(PupilReader pupils) : SchoolPage
{
    [BindProperty]
    public string? Search { get; set; }

    /// <summary>Null: not asked yet.</summary>
    public IReadOnlyList<PupilSeen>? Found { get; private set; }

    public bool More { get; private set; }

    public async Task OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Search))
        {
            Wrong("search", "Enter a name or its beginning.");
            return;
        }

        var page = await pupils.PageAsync(Who, new PupilFilter(Search: Search), PupilsOrder.NameAsc, new PageRequest(First: 30), Ct);
        Found = page.Ok ? [.. page.Value.Items.Select(i => i.Item)] : [];
        More = page is { Ok: true, Value.HasNext: true };
    }
}
