using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;
using OnlineSafetyTrust.StaffConsole.Words;

namespace OnlineSafetyTrust.StaffConsole.Pages.Strategies;

/// <summary>D4: whether an answer by link was theirs.</summary>
internal sealed class VerifyPage(PupilDesk desk) : StrategyPage(desk)
{
    /// <summary>As <see cref="PartyText"/>, and when it came: <c>School@2026-11-03T09:00:00.0000000+00:00</c>.</summary>
    [BindProperty]
    public string? Answer { get; set; }

    [BindProperty]
    public bool? Theirs { get; set; }

    [BindProperty]
    public string? Findings { get; set; }

    /// <summary>That count, or will: those that nobody has verified first.</summary>
    public IReadOnlyList<SignatureView> ByLink => [.. Strategy!.Signatures.Where(s => s.Form == SignatureForm.ByLink).OrderBy(s => s.Verification is not null)];

    public IReadOnlyList<Choice> Answers =>
        [.. ByLink.Select(s => new Choice(TextOf(s), $"{NameOf(s.Party)}: {Wording.Of(s.Answer).ToLowerInvariant()}, signed “{s.SignedBy}”{(s.IsUnverified ? "" : " (verified)")}"))];

    public Task<IActionResult> OnGetAsync() => ShowAsync(LearnAsync);

    public async Task<IActionResult> OnPostAsync()
    {
        var named = Named();
        if (named is null)
        {
            Wrong("answer", "Choose the answer that you asked about.");
        }

        if (Theirs is null)
        {
            Wrong("theirs", "Choose whether it was theirs.");
        }

        return await SendAsync(
            context => Grain.VerifyAsync(context, new VerifySignature(named!.Value.Party, named.Value.At, Theirs!.Value, Findings ?? "")), Theirs == true ? "signature-verified" : "signature-not-theirs", LearnAsync);
    }

    protected override async Task<bool> LoadAsync() => await base.LoadAsync() && MayVerify;

    private (StrategyParty Party, DateTimeOffset At)? Named() =>
        Answer?.Split('@') is [var text, var at] && PartyText.Parse(text) is { } party && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var answered) ? (party, answered) : null;

    private static string TextOf(SignatureView answer) => $"{PartyText.Of(answer.Party)}@{answer.At:O}";

    private Task LearnAsync() => Desk.Names.LearnAsync(PeopleOf(Strategy!), [], Ct);
}
