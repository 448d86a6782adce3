using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.StaffConsole.Pages;

internal sealed class SignInPage(IServiceProvider services) : PageModel
{
    // Only Development registers one.
    private readonly ISignInDoor? _door = services.GetService<ISignInDoor>();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Null: no door.</summary>
    public IReadOnlyList<DoorPersona>? Personas { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => Personas = _door is { IsOpen: true } ? await _door.ListAsync(ct) : null;

    public async Task<IActionResult> OnPostAsync(string? persona, CancellationToken ct)
    {
        if (_door is not { IsOpen: true })
        {
            return NotFound();
        }

        if (await _door.EnterAsync(persona ?? "", ct) is not { } principal)
        {
            Personas = await _door.ListAsync(ct);
            return Page();
        }

        await HttpContext.SignInAsync(ConsoleHosting.Scheme, principal);
        return LocalRedirect(IsOwn(ReturnUrl) ? ReturnUrl! : ConsoleHosting.Root);
    }

    private bool IsOwn(string? address) => Url.IsLocalUrl(address) && address!.StartsWith(ConsoleHosting.Root, StringComparison.Ordinal);
}
