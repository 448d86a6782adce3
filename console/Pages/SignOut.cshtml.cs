using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OnlineSafetyTrust.StaffConsole.Pages;

internal sealed class SignOutPage : PageModel
{
    public IActionResult OnGet() => Redirect(ConsoleHosting.Root);

    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(ConsoleHosting.Scheme);
        // On a shared machine the next person must not reach these pages by going back.
        Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Redirect($"{ConsoleHosting.Root}/sign-in");
    }
}
