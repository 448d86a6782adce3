using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages;

/// <summary>J1: who saw this, and why could they?</summary>
internal sealed class AccessPage(AccessLogReader log, Names names) : SchoolPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];

    public string? Next { get; private set; }

    /// <summary>Console pages by their first word; the API by its operation.</summary>
    public static string Place(string operation) => operation.StartsWith("/console", StringComparison.Ordinal)
        ? $"console: {(operation.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(s => !Guid.TryParse(s, out _)).ToArray() is { Length: > 0 } words ? string.Join(' ', words).Replace('-', ' ') : "home")}"
        : operation;

    public async Task<IActionResult> OnGetAsync(string? after)
    {
        if (await log.PageAsync(Who, Id, AccessLogOrder.AtDesc, new PageRequest(First: 50, After: after), Ct) is not { Ok: true } page)
        {
            return NotFound();
        }

        Entries = [.. page.Value.Items.Select(i => i.Item)];
        Next = page.Value.HasNext ? page.Value.Items[^1].Cursor : null;
        await names.LearnAsync(Entries.Select(e => e.Actor.Person), [], Ct);
        return Page();
    }
}
