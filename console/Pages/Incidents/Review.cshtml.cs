using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C4: the DSL's review of a nude among under-18s.</summary>
internal sealed class ReviewPage(IncidentDesk desk) : IncidentPage(desk)
{
    public static readonly Choice[] Questions =
    [
        new("adult", "An adult is involved"), new("coercion", "There was coercion, blackmail or grooming"), new("capacity", "There is doubt that the child could understand and agree (SEND)"),
        new("violence", "It shows or suggests violence"), new("under13", "It shows a sexual act, and a pupil in it is under 13"), new("risk", "A child is at immediate risk of harm"),
        new("anyway", "None of these, but I refer all the same"),
    ];

    /// <summary>What applied, in the words of the questions.</summary>
    public static string AnswerOf(NudeReviewView review)
    {
        bool[] yes = [review.AdultInvolved, review.Coercion, review.DoubtfulCapacity, review.Violence, review.SexualActUnder13, review.ImmediateRisk];
        return string.Join("; ", Questions.Where((_, i) => i < yes.Length && yes[i]).Select(q => q.Label).DefaultIfEmpty("none applies"));
    }

    [BindProperty]
    public List<string> Yes { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(
        context => Grain.ReviewNudeAsync(context, new ReviewNude(
            Yes.Contains("adult"), Yes.Contains("coercion"), Yes.Contains("capacity"), Yes.Contains("violence"), Yes.Contains("under13"), Yes.Contains("risk"), Yes.Contains("anyway"), Reason)),
        "review");
}
