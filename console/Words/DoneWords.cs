namespace OnlineSafetyTrust.StaffConsole.Words;

/// <summary>What the page says after a form. The address carries a key, never a text.</summary>
internal static class DoneWords
{
    public static string? Of(string? done) => done switch
    {
        "triaged" => "Triaged. Everybody with a step has been told.",
        "step" => "The step is recorded.",
        "waived" => "The step is waived.",
        "referral" => "The referral is recorded.",
        "debrief" => "The debrief is recorded.",
        "closed" => "Recorded.",
        "reopened" => "The incident is open again.",
        "police" => "The police’s answer is recorded.",
        "review" => "The review is recorded.",
        "decision" => "Your decision is recorded. It takes effect when the second person has decided the same.",
        "change" => "The change is recorded as made.",
        "monitoring" => "The monitoring review is recorded.",
        "sent" => "The weekly update was sent.",
        "checks" => "The daily checks are changed.",
        "registered" => "The device is in the register.",
        "taken" => "The device is recorded as taken.",
        "sealed" => "The device is recorded as sealed.",
        "handed-over" => "The handover is recorded.",
        "returned" => "The return is recorded.",
        "lent" => "The loan is recorded.",
        "loan-ended" => "The device is recorded as back from its loan.",
        "used" => "The use is recorded.",
        "examined" => "The examination is recorded.",
        "banned" => "The ban is recorded.",
        "lifted" => "The ban is lifted.",
        "drafted" => "The draft is recorded. The interim terms apply from now on.",
        "answered" => "The answer is recorded.",
        "strategy-reviewed" => "The review is recorded.",
        "strategy-decided" => "The decision is recorded.",
        "strategy-ended" => "The strategy has ended.",
        "corrected" => "The record is corrected. The original is kept.",
        "linked" => "The link is recorded.",
        "cover-arranged" => "The cover is arranged. Whoever is concerned is told when it begins.",
        "cover-cancelled" => "The cover is cancelled.",
        "seen" => "Recorded: you have seen that you were told.",
        _ => null,
    };
}
