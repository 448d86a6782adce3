using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages;

/// <summary>
/// D4: a party answers a draft by the link that the school sent, without an account. Opening it tells nothing and asks nobody: its key goes into a cookie, so that neither the
/// history of a shared computer nor the next page's referrer has it. The terms come for the date of birth, and stand in the read audit before they leave.
/// </summary>
internal sealed class SignPage(IGrainFactory grains, IReadAudit audit, IConsoleClock clock, ICallerBudget budget, IHostEnvironment host) : ConsolePage
{
    private const string Address = "/console/sign";
    private const string Cookie = "ost-link";
    private const string Purpose = "signature";

    private static readonly DomainError SignedIn = DomainError.Refused("SIGNED_IN", "You are signed in. A link is answered by whoever it was sent to; sign out first, or record an answer on the strategy’s page.");

    private static readonly DomainError OtherLink = DomainError.Refused("OTHER_LINK", "Another link was opened in this browser meanwhile. Open yours again, and answer it.");

    public static readonly IReadOnlyList<Choice> Answers = [new(nameof(StrategyAnswer.Agreed), "I agree"), new(nameof(StrategyAnswer.Refused), "I do not agree")];

    [BindProperty]
    public DateOnly? Born { get; set; }

    [BindProperty]
    public StrategyAnswer? Answer { get; set; }

    [BindProperty]
    public string? SignedBy { get; set; }

    [BindProperty]
    public string? View { get; set; }

    /// <summary>For which link the form was shown: another one may have been opened in this browser since.</summary>
    [BindProperty]
    public string? Shown { get; set; }

    /// <summary>Null: not opened.</summary>
    public LinkedStrategyView? Strategy { get; private set; }

    /// <summary>There is nothing more to enter.</summary>
    public bool Ended { get; private set; }

    /// <param name="key">As <see cref="SignatureLinkKey"/>.</param>
    public IActionResult OnGet(string? key)
    {
        if (SignatureLinkKey.Parse(key) is { } link)
        {
            Response.Cookies.Append(Cookie, link.ToString(), new CookieOptions { Path = Address, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps || !host.IsDevelopment(), MaxAge = TimeSpan.FromHours(1), IsEssential = true });
            return Redirect(Address);
        }

        if (Done is null)
        {
            _ = LinkForPage();
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        var shown = Shown;
        if (LinkForPage() is not { } link)
        {
            return Page();
        }

        if (shown != Shown)
        {
            End(OtherLink);
            return Page();
        }

        WrongWhereUnread();
        if (Born is null && Errors.Count == 0)
        {
            Wrong("born", "Enter the child’s date of birth.");
        }

        if (Born is not { } born)
        {
            return Page();
        }

        if (!budget.Take(HttpContext))
        {
            Wrong("", "Too many people try at the moment. Try again in a minute.");
            return Page();
        }

        var grain = grains.GetGrain<IStrategyGrain>(StrategyKey.Of(link.School, link.Pupil).ToString());
        var context = new CommandContext(link.School, Actor.ByLink, Purpose, Guid.NewGuid(), CommandId, clock.Now, Input: Fingerprint());
        if (@do == "answer")
        {
            if (Answer is null)
            {
                Wrong("answer", "Choose your answer.");
            }
            else if (Errors.Count == 0)
            {
                var reply = await grain.AnswerLinkAsync(context, new AnswerSignatureLink(link.Secret, born, Answer.Value, SignedBy ?? "", View));
                if (reply.Ok)
                {
                    return Redirect($"{Address}?done=answered");
                }

                Wrong(reply.Errors);
                if (reply.Errors.Any(e => e.Code is StrategyErrors.LinkInvalidCode or StrategyErrors.BirthDateWrongCode))
                {
                    Ended = reply.Errors[0].Fields.Count == 0;
                    return Page();
                }
            }
        }

        var opened = await grain.OpenLinkAsync(context, new OpenSignatureLink(link.Secret, born));
        if (!opened.Ok)
        {
            End(opened.Errors[0]);
            return Page();
        }

        await audit.RecordAsync(new ReadAuditRow(
            link.School, Actor.ByLink, [], Purpose, Address, context.CorrelationId, context.Now, [$"{StrategyTables.Strategy.Name}/{link.Pupil}", $"{PupilTables.Pupil.Name}/{link.Pupil}", .. opened.Value.Contact is { } contact ? [$"contact/{contact:D}"] : Array.Empty<string>()]));
        Strategy = opened.Value;
        return Page();
    }

    /// <summary>Null: there is none, and the page says so.</summary>
    private SignatureLinkKey? LinkForPage()
    {
        // Who may record an answer does so under their own name.
        if (Session.Found is not null)
        {
            End(SignedIn);
            return null;
        }

        var link = SignatureLinkKey.Parse(Request.Cookies[Cookie]);
        if (link is null)
        {
            End(StrategyErrors.LinkInvalid);
        }
        else
        {
            Shown = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(link.ToString())));
        }

        return link;
    }

    private void End(DomainError error)
    {
        Ended = error.Fields.Count == 0;
        if (Errors.All(e => e.Message != error.Message))
        {
            Wrong([error]);
        }
    }
}
