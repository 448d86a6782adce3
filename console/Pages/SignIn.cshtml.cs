using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.StaffConsole.Pages;

internal sealed class SignInPage(IServiceProvider services, IProviderSignIn provider) : PageModel
{
    // Only Development registers one.
    private readonly ISignInDoor? _door = services.GetService<ISignInDoor>();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Why the provider's answer led to nothing, as a word that the page knows.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Problem { get; set; }

    /// <summary>Null: no door.</summary>
    public IReadOnlyList<DoorPersona>? Personas { get; private set; }

    public bool HasProvider => provider.IsSetUp;

    public IReadOnlyList<SignInPlace> Places { get; private set; } = [];

    public string? Trouble => Problem switch
    {
        "again" => "The sign-in took too long or was not finished. Try again.",
        "nobody" => "Your school account is not known here. Ask whoever looks after the staff list to enter it, or sign in with your other account.",
        "provider" => "The school’s sign-in does not answer at the moment. Try again in a few minutes; to report a concern meanwhile, tell your DSL in person or by telephone.",
        _ => null,
    };

    public async Task OnGetAsync(CancellationToken ct)
    {
        Places = provider.Places();
        await OpenAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(string? persona, string? place, CancellationToken ct)
    {
        if (place is not null)
        {
            return provider.Choose(place) is { } chosen ? await EnterAsync(chosen.Person, chosen.ReturnUrl) : RedirectToSignIn();
        }

        if (_door is not { IsOpen: true })
        {
            return NotFound();
        }

        if (await _door.EnterAsync(persona ?? "", ct) is not { } principal)
        {
            await OpenAsync(ct);
            return Page();
        }

        return await EnterAsync(principal, ReturnUrl);
    }

    private async Task OpenAsync(CancellationToken ct) => Personas = _door is { IsOpen: true } ? await _door.ListAsync(ct) : null;

    private async Task<IActionResult> EnterAsync(ClaimsPrincipal person, string? returnUrl)
    {
        await HttpContext.SignInAsync(ConsoleHosting.Scheme, person);
        return LocalRedirect(IsOwn(returnUrl) ? returnUrl! : ConsoleHosting.Root);
    }

    private LocalRedirectResult RedirectToSignIn() => LocalRedirect($"{ConsoleHosting.Root}/sign-in?problem=again");

    private bool IsOwn(string? address) => Url.IsLocalUrl(address) && address!.StartsWith(ConsoleHosting.Root, StringComparison.Ordinal);
}
