using System.Collections.Frozen;
using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>
/// What may be tried in which state of a guarded path (DOMAIN C4), as data: one line per action, one cell per state.
/// <c>+</c> allowed, <c>-</c> refused, <c>p</c> allowed once police or social care said that parents may be told and while no agency says
/// that they may not, <c>n</c> allowed while no agency says that they may not, <c>d</c> allowed once the devices were released.
/// </summary>
internal static class PathTable
{
    private const string NoLooking = "Nobody looks at the material, whatever happens. The police look, or nobody.";
    private const string NoCopies = "Do not copy, print, forward or link to the material: that is an offence, and it hurts the child again. The police get the device itself.";
    private const string NoUploads = "Do not upload anything while this path runs: a file or a thumbnail of the material in this record would be a copy. Hand it to the police on the sealed device.";
    private const string NoInvestigation = "Stop investigating: questions and searches can spoil the evidence. Refer to police and social care and wait for their word.";
    private const string SealedDevice = "The device is evidence: leave its power as it is, keep it sealed, and wait until the police release it.";
    private const string ParentsWait = "Do not speak to the parents yet: it could warn somebody or spoil evidence. Ask police or social care, record their advice, then go on.";
    private const string Unfinished = "The path is not finished: the police have not answered, and head and DSL have not decided.";
    private const string ReviewLater = "The review follows the police's answer. Support for pupils, social care and LADO do not wait for it.";
    private const string ReferFirst = "Nobody has told the police yet, so there is no answer to record. Refer first, now.";
    private const string NothingToAwait = "The agencies have not been told yet, so there is no advice to wait for. Refer first, now; a nude is reviewed before.";
    private const string OnlyNoReply = "Head and DSL decide without the police only when the police have not answered.";
    private const string NudesOnly = "The six questions are for nudes among under-18s, before the agencies have it. Record the agencies' answer instead.";

    // Order of the cells: Stopped AwaitsReview ReferralDue WithAgencies NoReply DecidedWithoutReply Confirmed NotConfirmed NoFurtherAction InternalDecision
    private static readonly (PathAction Action, string Cells, string Why)[] Lines =
    [
        // Never waits for anything.
        (PathAction.ReferPolice, "+ + + + + + + + + +", ""),
        (PathAction.ReferSocialCare, "+ + + + + + + + + +", ""),
        (PathAction.ReferLado, "+ + + + + + + + + +", ""),
        (PathAction.ReferLocalAuthority, "+ + + + + + + + + +", ""),
        (PathAction.ReferAgency, "+ + + + + + + + + +", ""),
        (PathAction.SupportPupil, "+ + + + + + + + + +", ""),
        (PathAction.InformRole, "+ + + + + + + + + +", ""),
        (PathAction.StopInvestigation, "+ + + + + + + + + +", ""),
        (PathAction.IsolateAndSealDevice, "+ + + + + + + + + +", ""),
        (PathAction.PreserveEvidence, "+ + + + + + + + + +", ""),
        (PathAction.ConfiscateDevice, "+ + + + + + + + + +", ""),
        (PathAction.RemoveAllDevices, "+ + + + + + + + + +", ""),
        (PathAction.ConsiderBan, "+ + + + + + + + + +", ""),
        (PathAction.DailyChecks, "+ + + + + + + + + +", ""),
        (PathAction.WeeklyUpdate, "+ + + + + + + + + +", ""),
        (PathAction.ConsiderSuspension, "+ + + + + + + + + +", ""),
        (PathAction.InitialReview, "+ + + + + + + + + +", ""),
        (PathAction.HeadResponds, "+ + + + + + + + + +", ""),
        (PathAction.RecordInLog, "+ + + + + + + + + +", ""),
        (PathAction.Monitor, "+ + + + + + + + + +", ""),
        (PathAction.ReviewPolicy, "+ + + + + + + + + +", ""),
        (PathAction.Custom, "+ + + + + + + + + +", ""),

        // Parents are part of a strategy, so it tells them.
        (PathAction.ContactParents, "p - p p p n p n n n", ParentsWait),
        (PathAction.AccessStrategy, "p - p p p n p n n n", ParentsWait),

        (PathAction.Investigate, "- - - - - + - + + +", NoInvestigation),
        (PathAction.RemoveMaterial, "- - - - - d - d d +", SealedDevice),
        (PathAction.ExamineDevice, "- - - - - d - d d -", SealedDevice),
        (PathAction.ReturnDevice, "- - - - - d d d d +", SealedDevice),
        (PathAction.AttachEvidence, "- - - - - - - + - -", NoUploads),
        (PathAction.ViewMaterial, "- - - - - - - - - -", NoLooking),
        (PathAction.CopyMaterial, "- - - - - - - - - -", NoCopies),

        (PathAction.DslReview, "- + + - - + + + + +", ReviewLater),
        (PathAction.ReviewNude, "- + + - - - - - - +", NudesOnly),
        (PathAction.AwaitAgencyAdvice, "- - - + + + + + + +", NothingToAwait),
        (PathAction.RecordPoliceResponse, "- - - + + + + + + -", ReferFirst),
        (PathAction.DecideWithoutReply, "- - - - + - - - - -", OnlyNoReply),
        (PathAction.Debrief, "- - - - - + + + + +", Unfinished),
        (PathAction.Close, "- - - - - + + + + +", Unfinished),
    ];

    private static readonly FrozenDictionary<PathAction, (string Cells, string Why)> Table =
        Lines.ToFrozenDictionary(l => l.Action, l => (l.Cells.Replace(" ", "", StringComparison.Ordinal), l.Why));

    /// <summary>Null: allowed. Otherwise why not. Without a path nothing is refused but what an agency's word holds.</summary>
    public static string? Refusal(IncidentState state, PathAction action)
    {
        var held = action is PathAction.ContactParents or PathAction.AccessStrategy && state.ParentsHeld() ? IncidentStepErrors.ParentsHeld([.. state.StandingNoes().Select(w => (w.Agency, w.Referral))]) : null;
        if (state.Path is not { } path)
        {
            return held;
        }

        var (cells, why) = Table[action];
        var allowed = cells[(int)path.State] switch
        {
            '+' => true,
            'p' => state.AgencyAllowsParents(),
            'n' => held is null,
            'd' => path.DevicesReleased,
            _ => false,
        };
        return allowed ? null : held ?? why;
    }

    public static IReadOnlyList<PathAction> Refused(IncidentState state) =>
        [.. Enum.GetValues<PathAction>().Where(a => Refusal(state, a) is not null)];
}
