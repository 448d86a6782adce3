using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies.Reading;

/// <summary>What the steps of one list demand of each other and of themselves.</summary>
internal static class StepConsistency
{
    private static readonly string[] NeverWait = [PackShape.Kebab(StepKind.ReferPolice), PackShape.Kebab(StepKind.ReferSocialCare)];

    private static readonly HashSet<string> Kinds = [.. Enum.GetValues<StepKind>().Select(k => PackShape.Kebab(k))];

    private static readonly string[] Repeating = [PackShape.Kebab(StepKind.DailyChecks), PackShape.Kebab(StepKind.WeeklyUpdate)];

    public static void CheckList(IEnumerable<PackMap> steps, PackProblems problems)
    {
        var all = steps.ToList();
        PackConsistency.Unique(all, "id", id => $"the step id '{id}' is used twice in one list. Give one of them another.", problems);
        var earlier = new List<string>();
        foreach (var step in all)
        {
            CheckStep(step, earlier, problems);
            earlier.Add(step.Text("id") ?? "");
        }
    }

    private static void CheckStep(PackMap step, List<string> earlier, PackProblems problems)
    {
        PackConsistency.CheckId(step, problems);
        PackConsistency.NotEmpty(step, "owners", problems);
        var kind = step.Text("kind") ?? "";
        var tells = step.Words("tells").Any();
        if (kind == PackShape.Kebab(StepKind.InformRole) && !tells)
        {
            problems.Add(step, "an inform-role step needs 'tells': whom does it tell?");
        }
        else if (kind != PackShape.Kebab(StepKind.InformRole) && tells && Kinds.Contains(kind))
        {
            problems.Add(step["tells"]!, "only an inform-role step has 'tells'. Remove it, or make it a step of its own.");
        }

        if (Repeating.Contains(kind) && step["repeat"] is null)
        {
            problems.Add(step, $"a {kind} step needs 'repeat': how often?");
        }

        if (step.Text("mode") == PackShape.Kebab(StepMode.Consider) && step.Text("requiresReason") == "false")
        {
            problems.Add(step["requiresReason"]!, "a step to be considered is always answered with a reason. Remove this line.");
        }

        CheckOrder(step, kind, earlier, problems);
    }

    private static void CheckOrder(PackMap step, string kind, List<string> earlier, PackProblems problems)
    {
        if (step["after"] is { } after && NeverWait.Contains(kind))
        {
            problems.Add(after, "a step to the police or to children's social care waits for nothing. Remove 'after'.");
            return;
        }

        foreach (var word in step.Words("after").Where(w => !earlier.Contains(w.Value)))
        {
            problems.Add(word, $"there is no earlier step '{word.Value}' in this list.{PackWords.Nearest(word.Value, earlier)}");
        }
    }
}
