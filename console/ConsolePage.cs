using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole;

/// <param name="Field">Id of the input; empty: none is at fault.</param>
internal sealed record PageError(string Field, string Message);

/// <summary>A page of somebody who is signed in: their session, and what was wrong with the form.</summary>
internal abstract class ConsolePage : PageModel
{
    private readonly List<PageError> _errors = [];

    public IReadOnlyList<PageError> Errors => _errors;

    /// <summary>Same form, same id: sent twice it counts once.</summary>
    [BindProperty]
    public Guid? CommandId { get; set; }

    /// <summary>What has just been done, as a word that the page knows; never a text from the address.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public IConsoleSession Session => HttpContext.RequestServices.GetRequiredService<IConsoleSession>();

    public Reader Who => Session.Reader;

    public CancellationToken Ct => HttpContext.RequestAborted;

    public string? ErrorOf(string field) => _errors.Find(e => string.Equals(e.Field, field, StringComparison.OrdinalIgnoreCase))?.Message;

    /// <summary>The context of the form's command; a retry is known by the form as it was sent.</summary>
    public CommandContext Command() => Session.Command(CommandId) with { Input = Fingerprint() };

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        CommandId ??= Guid.NewGuid();
    }

    /// <summary>Of the form as it was sent.</summary>
    protected byte[] Fingerprint() => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Sent())));

    protected void Wrong(string field, string message) => _errors.Add(new PageError(field, message));

    /// <summary>The refusals of a command, each at its input.</summary>
    protected void Wrong(IEnumerable<DomainError> errors) => _errors.AddRange(errors.Select(e => new PageError(FieldOf(e), e.Message)));

    /// <summary>What was typed and is no day, time or choice: left out, it would mean something else.</summary>
    protected void WrongWhereUnread()
    {
        foreach (var (name, entry) in ModelState.Where(e => e.Value is { Errors.Count: > 0, AttemptedValue.Length: > 0 }))
        {
            var input = Field.IdOf(string.Join('.', name.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName)));
            if (ErrorOf(input) is null)
            {
                Wrong(input, "This cannot be read. Use such as 2026-11-23 for a day, 15:30 for a time, or leave it empty where it is not needed.");
            }
        }
    }

    /// <summary>Null when the command succeeded or only said what the page can show; otherwise the answer for a record that is not there.</summary>
    protected IActionResult? Refused<T>(Result<T> result)
    {
        if (!result.Ok && result.Errors.All(e => e.Kind == ErrorKind.NotFound && e.Fields.Count == 0))
        {
            return NotFound();
        }

        Wrong(result.Errors);
        return null;
    }

    // Without what the page adds itself: its token is another one each time it is shown.
    private IEnumerable<string> Sent() => (Request.HasFormContentType ? Request.Form : FormCollection.Empty)
        .Where(f => !f.Key.StartsWith('_'))
        .OrderBy(f => f.Key, StringComparer.Ordinal)
        .Select(f => JsonSerializer.Serialize(new { f.Key, Value = (string?[])f.Value! }))
        .Prepend(Request.Path.ToString());

    // The first part of a nested field is the group on the page.
    protected virtual string FieldOf(DomainError error) => (error.Fields is [var first, ..] ? first : "").Split('.') switch
    {
        [var group, .., var last] when group == "people" || int.TryParse(last, out _) => group,
        [.., "incidentId"] => "incident",
        var parts => parts[^1],
    };
}

/// <summary>A page about a school's records: for a trust there is none (A5), but for the incident it is invited into.</summary>
internal abstract class SchoolPage : ConsolePage
{
    /// <summary>Decides on checks, bans and strategies. Saves clicks, as the menu does: the grain says who may.</summary>
    public bool Leads => Who.HasAny(Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader);

    /// <summary>Somebody of the trust may be invited to read what is shown here (C11).</summary>
    protected virtual bool TakesGuests => false;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        if (Who.Tenant.Kind != TenantKind.School && !TakesGuests)
        {
            context.Result = NotFound();
        }
    }
}

/// <summary>
/// A page of one record, with or without a form. Not for this reader, of another school, not there: all the same 404. A form's command goes
/// before the page is loaded: whether it may is the grain's to say, and a form sent twice gets its stored answer whatever became of the record.
/// </summary>
internal abstract class RecordPage : SchoolPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The record's own page.</summary>
    public abstract string Home { get; }

    /// <summary>False: not there for this reader.</summary>
    protected abstract Task<bool> LoadAsync();

    /// <param name="more">What the form needs besides the record.</param>
    protected async Task<IActionResult> ShowAsync(Func<Task>? more = null)
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        await (more?.Invoke() ?? Task.CompletedTask);
        return Page();
    }

    /// <summary>Sends a command; back to the record, or the form again with what was wrong.</summary>
    protected async Task<IActionResult> SendAsync<T>(Func<CommandContext, Task<Result<T>>> command, string done, Func<Task>? more = null)
    {
        WrongWhereUnread();
        if (Errors.Count == 0)
        {
            var reply = await command(Command());
            if (reply.Ok)
            {
                return Redirect($"{Home}?done={done}");
            }

            if (Refused(reply) is { } gone)
            {
                return gone;
            }
        }

        return await ShowAsync(more);
    }
}
