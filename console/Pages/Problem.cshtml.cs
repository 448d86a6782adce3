using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OnlineSafetyTrust.StaffConsole.Pages;

/// <summary>What went wrong, in words, with the way out. Says the same of a record that does not exist and of one that is not for the reader.</summary>
[IgnoreAntiforgeryToken]
internal sealed class ProblemPage : PageModel
{
    public string Title { get; private set; } = "";

    public string WayOut { get; private set; } = "";

    public void OnGet(int code) => Say(code);

    // A refused form comes here by the method it was sent with.
    public void OnPost(int code) => Say(code);

    private void Say(int code) => (Title, WayOut) = code switch
    {
        StatusCodes.Status404NotFound => ("Page not found", "There is no such page or record for you here. Check the link, or ask your DSL."),
        StatusCodes.Status400BadRequest => ("The form could not be sent", "It was open too long, or you signed in again meanwhile. Go back, reload the page and send it again. Nothing was changed."),
        StatusCodes.Status403Forbidden => ("Not for you", "Your roles of today do not open this page."),
        StatusCodes.Status413PayloadTooLarge => ("Too long", "The form is too large. Shorten the texts and send it again."),
        StatusCodes.Status503ServiceUnavailable => ("No PDF could be made", "The program that makes them is not installed or did not do its work; it has been logged. Print the page in your browser, or take the table (CSV)."),
        _ when HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is RecordUnreadableException => ("This record cannot be read", Unreadable.Error.Message),
        _ => ("Something went wrong", "It has been logged. Try again, or tell whoever looks after the platform. If a child is in immediate danger, ring 999."),
    };
}
