using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.StaffConsole.Words;

/// <summary>What a policy says, as people say it.</summary>
internal static class PolicyWords
{
    public static string Of(DeadlineRule rule) => rule.Clock switch
    {
        DeadlineClock.None => "No set time",
        DeadlineClock.Immediately => "At once",
        DeadlineClock.SameSchoolDay => "By the end of the same school day",
        _ => $"Within {rule}",
    };

    public static string Of(RepeatRule repeat) => (repeat.Every == RepeatEvery.SchoolDay ? "each school day" : "each week") + (repeat.By is { } by ? $" by {by:HH:mm}" : "");

    /// <summary>When a step is due and how often it is done again.</summary>
    public static string When(StepRule step) => step.Repeat is { } repeat ? Sentence(Of(repeat)) : Of(step.Deadline);

    public static string For(ResponseRow row) => row.Awareness.Count == 0 ? "Whatever the pupil understood" : Sentence(string.Join(", or ", row.Awareness.Select(a => Wording.Within(Wording.Of(a)))));

    public static string RolesOf(IReadOnlyList<Role> roles) => roles.Count == 0 ? "The policy does not say" : string.Join(", or else ", roles.Select(Wording.Of));

    /// <summary><c>england-2025</c> as England 2025.</summary>
    public static string Floor(string id) => Sentence(id.Replace('-', ' '));

    /// <summary>The place of a policy that a path names, such as <c>responses.2.steps.refer-police.deadline</c>.</summary>
    public static string Place(PolicyPack policy, string path)
    {
        var parts = path.Split('.');
        var natures = new NatureTitles(policy);
        return parts switch
        {
            ["responses", var at, .. var rest] when int.TryParse(at, out var i) && i < policy.Responses.Count => Join(natures.Of(policy.Responses[i].Nature), rest),
            ["natures", var nature, ..] => $"Kind of incident: {natures.Of(nature)}",
            ["paths", .. var rest] => Join("Guarded path", rest),
            ["always", .. var rest] => Join("Every plan", rest),
            _ => Join(Readable(parts[0]), parts[1..]),
        };
    }

    private static string Join(string place, IEnumerable<string> rest) => string.Join(": ", rest.Where(p => p != "steps").Select(p => Wording.Within(Readable(p))).Prepend(place));

    private static string Readable(string id) => Sentence(string.Concat(id.Select(c => c == '-' ? " " : char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString())).Trim());

    private static string Sentence(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
}
