using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>What the product itself asks for where no policy does. Sentences say nothing of an incident.</summary>
internal static class StandardSteps
{
    private static readonly Role[] Leads = [Role.Dsl, Role.DeputyDsl];

    public static StepRule Chosen(ChosenStep step, int place) =>
        new($"{ResponsePlan.ChosenPrefix}{place}", step.Kind, [step.Owner], TextOf(step.Kind), TellsOf(step), IsStatutory(step.Kind) ? [] : [Role.Dsl, Role.DeputyDsl, Role.Headteacher], [],
            Deadline: IsStatutory(step.Kind) ? DeadlineRule.Immediately : step.Deadline);

    public static StepRule Technical(IReadOnlyList<Role> owners) =>
        new("put-right", StepKind.Custom, owners, "Put the technical incident right, and record what was done.", [], [], [], Deadline: new DeadlineRule(DeadlineClock.SchoolDays, 1), RequiresReason: false);

    public static StepRule HeadResponds() =>
        new("head-responds", StepKind.HeadResponds, [Role.Headteacher], "Respond to this breach of the policy.", [], [], [], RequiresReason: true);

    public static IEnumerable<StepRule> Serious(IEnumerable<Role> roles) =>
        roles.Select(role => new StepRule(
            $"tell-serious-{role.ToString().ToLowerInvariant()}", StepKind.InformRole, Leads, "Tell of a serious incident.", [role], [], [], Deadline: new DeadlineRule(DeadlineClock.SameSchoolDay)));

    /// <summary>What no guarded path may lack, even in a school without a policy.</summary>
    public static IEnumerable<StepRule> PathMinimum(GuardedPath path)
    {
        yield return Must("floor-stop", StepKind.StopInvestigation);
        if (path == GuardedPath.IllegalMaterial)
        {
            yield return Must("floor-police", StepKind.ReferPolice);
            yield return Must("floor-social-care", StepKind.ReferSocialCare);
            yield return Must("floor-seal", StepKind.IsolateAndSealDevice);
            yield return Must("floor-preserve", StepKind.PreserveEvidence);
        }
        else
        {
            yield return Must("floor-review", StepKind.DslReview) with { Deadline = new DeadlineRule(DeadlineClock.SameSchoolDay) };
        }

        yield return Must("floor-support", StepKind.SupportPupil) with { Deadline = new DeadlineRule(DeadlineClock.SameSchoolDay) };
        yield return Must("floor-parents", StepKind.ContactParents) with { Deadline = default };
    }

    public static StepRule Must(string id, StepKind kind) =>
        new(id, kind, Leads, TextOf(kind), [], [], [], Deadline: DeadlineRule.Immediately, Origin: StepOrigin.Floor);

    /// <summary>
    /// What a step is due by. Where the rule sets nothing: the end of the next school day, so that nothing is forgotten in silence.
    /// Without a deadline stay what ends with the case (debrief, monitoring, review of the policy) and what waits for the agencies.
    /// </summary>
    /// <param name="free">Nothing keeps parents from being told any more: then the floor's contact with them is due like any other.</param>
    public static DeadlineRule DeadlineOf(StepRule rule, bool free = false) =>
        IsStatutory(rule.Kind) ? DeadlineRule.Immediately
        : free && AwaitsLeave(rule) ? new DeadlineRule(DeadlineClock.SameSchoolDay)
        : rule.Deadline.Clock != DeadlineClock.None || WaitsForOthers(rule) ? rule.Deadline
        : new DeadlineRule(DeadlineClock.SchoolDays, 1);

    private static bool WaitsForOthers(StepRule rule) =>
        rule.Kind is StepKind.AwaitAgencyAdvice or StepKind.Debrief or StepKind.Monitor or StepKind.ReviewPolicy || AwaitsLeave(rule);

    /// <summary>A reminder to speak to parents before the agencies allow it could do harm: the deadline begins with their word.</summary>
    public static bool AwaitsLeave(StepRule rule) => rule is { Kind: StepKind.ContactParents, Origin: StepOrigin.Floor, Deadline.Clock: DeadlineClock.None };

    /// <summary>Parents are part of a strategy, so it tells them too.</summary>
    public static bool TellsParents(StepKind kind) => kind is StepKind.ContactParents or StepKind.AccessStrategy;

    /// <summary>Never waits for a clock, never waived (A2).</summary>
    public static bool IsStatutory(StepKind kind) => kind is StepKind.ReferPolice or StepKind.ReferSocialCare;

    /// <summary>What the floor asks for, and what looks after a child, whoever asks for it.</summary>
    public static bool IsUrgent(StepRule rule) => rule.Origin == StepOrigin.Floor || rule.Kind is StepKind.DslReview or StepKind.SupportPupil;

    /// <summary>What a guarded path asks for of itself, and who is told of it. Support and parents are about the pupils, whatever path there is.</summary>
    public static bool IsOfPath(StepKind kind) =>
        kind is StepKind.StopInvestigation or StepKind.IsolateAndSealDevice or StepKind.PreserveEvidence or StepKind.AwaitAgencyAdvice or StepKind.DslReview or StepKind.InformRole
            or StepKind.ReferPolice or StepKind.ReferSocialCare or StepKind.ReferLado or StepKind.ReferLocalAuthority or StepKind.ReferAgency;

    /// <summary>Done for each pupil who did it, or to whom it was done.</summary>
    public static bool IsPerPupil(StepKind kind) =>
        StepWork.IsRecordedPerPupil(kind)
        || kind is StepKind.ConfiscateDevice or StepKind.RemoveAllDevices or StepKind.AccessStrategy or StepKind.DailyChecks or StepKind.WeeklyUpdate or StepKind.ConsiderBan or StepKind.IsolateAndSealDevice;

    // Telling somebody chosen by the DSL: the owner is who is told.
    private static IReadOnlyList<Role> TellsOf(ChosenStep step) => step.Kind == StepKind.InformRole ? [step.Owner] : [];

    public static string TextOf(StepKind kind) => kind switch
    {
        StepKind.InformRole => "Be told, and say that you have seen it.",
        StepKind.ContactParents => "Talk with those who hold parental responsibility, unless that could increase the risk.",
        StepKind.ReferSocialCare => "Refer to children's social care now.",
        StepKind.ReferPolice => "Report to the police now.",
        StepKind.ReferLado => "Tell the LADO.",
        StepKind.ReferLocalAuthority => "Tell the local authority's designated officer.",
        StepKind.ReferAgency => "Refer to the agency named by the DSL.",
        StepKind.AwaitAgencyAdvice => "Wait for the agencies' advice, and chase it.",
        StepKind.StopInvestigation => "Stop. Nobody looks further, copies, forwards or uploads anything.",
        StepKind.IsolateAndSealDevice => "Isolate and seal the device. Leave it on if it is on, and off if it is off.",
        StepKind.PreserveEvidence => "Keep logs and accounts as they are. Do not open the material.",
        StepKind.ConfiscateDevice => "Take the device.",
        StepKind.RemoveMaterial => "Remove the material, once it is certain that nothing on the device is evidence.",
        StepKind.RemoveAllDevices => "Take all devices. Essential ones need the head's decision.",
        StepKind.ConsiderBan => "Consider a temporary ban on independent use.",
        StepKind.AccessStrategy => "Agree a technology access strategy.",
        StepKind.DailyChecks => "Set up the daily checks.",
        StepKind.WeeklyUpdate => "Set up the weekly update.",
        StepKind.SupportPupil => "Agree who looks after each pupil concerned, and how.",
        StepKind.InitialReview => "Hold the initial review meeting.",
        StepKind.HeadResponds => "Respond to this breach of the policy.",
        StepKind.DslReview => "Review what is known, and decide with reasons.",
        StepKind.Investigate => "Investigate as the policy says.",
        StepKind.ConsiderSuspension => "Consider suspension, and record the reasons.",
        StepKind.RecordInLog => "Enter it in the incident log.",
        StepKind.Debrief => "Hold the debrief.",
        StepKind.Monitor => "Watch the situation.",
        StepKind.ReviewPolicy => "Review the policy.",
        _ => "Do what the DSL asked for.",
    };
}
