using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

/// <param name="More">Further pupils begin like that.</param>
internal sealed record PupilsFound(IReadOnlyList<PupilSeen> Pupils, bool More);

/// <summary>Pupils on roll by the beginnings of their names. Sent as a form, because a name in an address would stay in histories and logs.</summary>
internal sealed class PupilSearch(IConsoleSession session, PupilReader pupils)
{
    private const int Most = 20;

    private static readonly DomainError NothingTyped = DomainError.Invalid("SEARCH_MISSING", "Enter a name or its beginning.", "search");

    /// <summary>Who was found; or why nobody was looked for, which must not read as if nobody was there.</summary>
    public async Task<Result<PupilsFound>> FindAsync(string? name, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return NothingTyped;
        }

        var page = await pupils.PageAsync(session.Reader, new PupilFilter(Search: name), PupilsOrder.NameAsc, new PageRequest(First: Most), ct);
        return page.Ok ? new PupilsFound([.. page.Value.Items.Select(i => i.Item)], page.Value.HasNext) : Result<PupilsFound>.Failed(page.Errors);
    }
}

/// <summary>A page with the search, which <c>_FindPupil</c> shows.</summary>
internal interface IFindsPupil
{
    string? Search { get; }

    /// <summary>Null: nobody was looked for.</summary>
    PupilsFound? Found { get; }

    /// <summary>Where the search is sent.</summary>
    string Here { get; }

    string SearchLabel { get; }

    /// <summary>Where one goes with a pupil who was found.</summary>
    string PathOf(PupilId pupil);
}
