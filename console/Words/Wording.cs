using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Strategies;

namespace OnlineSafetyTrust.StaffConsole.Words;

/// <summary>Times and enumerations as people say them.</summary>
internal sealed class Wording(IConsoleClock clock)
{
    private static readonly FrozenDictionary<string, string> Said = new Dictionary<string, string>
    {
        ["Role.Dsl"] = "DSL", ["Role.DeputyDsl"] = "Deputy DSL", ["Role.Hr"] = "HR", ["Role.DataProtectionOfficer"] = "Data protection officer",
        ["Agency.SocialCare"] = "Children’s social care", ["Agency.Mash"] = "MASH", ["Agency.Lado"] = "LADO", ["Agency.Prevent"] = "Prevent/Channel", ["Agency.EarlyHelp"] = "Early Help",
        ["Awareness.Unknowing"] = "Unknowing", ["Awareness.LimitedUnderstanding"] = "Little understanding of the consequences", ["Awareness.Unknown"] = "Cannot be said yet",
        ["GuardedPath.IllegalMaterial"] = "Illegal material", ["GuardedPath.NudesAmongUnder18"] = "Nudes among under-18s",
        ["IncidentStatus.Reported"] = "Waits for triage", ["IncidentStatus.Open"] = "Plan running", ["IncidentStatus.AwaitsApproval"] = "Closing waits for approval",
        ["OnBehalfOf.Self"] = "Myself",
        ["StepStatus.NotNeeded"] = "Not needed", ["StepStatus.Superseded"] = "Replaced",
        ["ContactEnding.NotReached"] = "Tried, nobody reached", ["ContactEnding.Made"] = "Contact made", ["ContactEnding.HeldOnAgencyAdvice"] = "Held on an agency’s advice", ["ContactEnding.NotMadeRisk"] = "Not made: it could increase the risk",
        ["ContactWay.InPerson"] = "In person",
        ["CheckStatus.Planned"] = "To be made", ["CheckStatus.PupilAbsent"] = "Pupil absent", ["CheckStatus.DeviceNotInSchool"] = "Device not in school", ["CheckStatus.Withdrawn"] = "Not needed",
        ["CheckResult.PupilAbsent"] = "Absent", ["CheckItem.HistoryNotCleared"] = "history not cleared", ["CheckItem.NoDeviceHeld"] = "no device held", ["CheckItem.OnlyAgreedDevices"] = "only agreed devices",
        ["CheckItem.DeviceHandedIn"] = "device handed in", ["CheckItem.OnlyAgreedApps"] = "only agreed apps", ["CheckItem.OnlyAgreedAccounts"] = "only agreed accounts", ["CheckItem.NoRemovableMedia"] = "no removable media",
        ["CheckerKind.OffSiteProvider"] = "The provider, asked by the key worker", ["CheckItem.SupervisedUseOnly"] = "supervised use only", ["CustodyState.SealedAsEvidence"] = "Sealed as evidence", ["CustodyState.WithPolice"] = "With police", ["CustodyState.WithPupil"] = "In ordinary use",
        ["CustodyStep.Confiscate"] = "Confiscated", ["CustodyStep.Remove"] = "Removed", ["CustodyStep.Seal"] = "Sealed as evidence", ["CustodyStep.HandToStaff"] = "Handed to staff",
        ["CustodyStep.HandToPolice"] = "Handed to the police", ["CustodyStep.ReturnToHolder"] = "Returned", ["CustodyStep.ReturnToParent"] = "Returned to a parent", ["CustodyStep.Examine"] = "Looked at",
        ["CustodyStep.DeleteMaterial"] = "Material deleted", ["EssentialPurpose.None"] = "Nothing",
        ["PoliceOutcome.NotConfirmed"] = "Not confirmed: it is not illegal", ["PoliceOutcome.NoReply"] = "No reply",
        ["StepKind.ReferLado"] = "Refer to LADO", ["StepKind.ReferSocialCare"] = "Refer to children’s social care", ["StepKind.DslReview"] = "DSL review",
        ["PathState.Stopped"] = "Everything stops", ["PathState.NoReply"] = "No reply from the police", ["PathState.DecidedWithoutReply"] = "Head and DSL decided to go on within the school",
        ["PathState.AwaitsReview"] = "Waits for the DSL’s review", ["PathState.ReferralDue"] = "Police and children’s social care have to be told", ["PathState.WithAgencies"] = "With police and agencies",
        ["PathAction.ExamineDevice"] = "Examine a device", ["PathAction.ReviewNude"] = "Record the DSL’s review", ["PathAction.Close"] = "Close the incident", ["PathAction.AttachEvidence"] = "Upload files to this record",
        ["PathAction.ViewMaterial"] = "Look at the material", ["PathAction.CopyMaterial"] = "Copy, print, forward or link to the material", ["PathAction.ContactParents"] = "Contact parents before an agency advises it",
        ["PathAction.AccessStrategy"] = "Agree an access strategy with parents yet", ["PathAction.ReturnDevice"] = "Return the device", ["PathAction.RemoveMaterial"] = "Remove material from the device",
        ["WithoutReply.InternalProcedure"] = "Go on with the school’s own procedure", ["WithoutReply.KeepWaiting"] = "Keep waiting, and ask again",
        ["ReceiptStatus.ActedOn"] = "Acted on", ["PupilPart.Alleged"] = "Alleged", ["ReportKind.OnlineSafety"] = "Online safety", ["StrategyAnswer.ViewGiven"] = "Gave their view", ["StrategyAnswer.ViewNotHad"] = "Their view could not be had", ["SignatureForm.Paper"] = "On paper", ["CorrectedField.What"] = "What happened", ["CorrectedField.PupilAdded"] = "A pupil was left out", ["CorrectedField.PupilWithdrawn"] = "A pupil is not concerned", ["CorrectedField.HappenedAt"] = "When it happened", ["CorrectedField.ParentsContact"] = "Contact with parents", ["CorrectedField.Change"] = "A change agreed", ["CorrectedField.Closure"] = "How it was closed", ["BanScope.AllDevices"] = "All devices",
    }.ToFrozenDictionary();

    public DateOnly Today => clock.DateOf(clock.Now);

    public string Now => Time(clock.Now);

    public const string InCustody = "In custody";

    /// <param name="custody">Null: in custody, and how is not for the reader.</param>
    public static string Of(CustodyState? custody) => custody is { } state ? Of<CustodyState>(state) : InCustody;

    public static string Of<T>(T value)
        where T : struct, Enum => Said.TryGetValue($"{typeof(T).Name}.{value}", out var said) ? said : Split(value.ToString());

    public static string OfAll<T>(IEnumerable<T> values)
        where T : struct, Enum => string.Join(", ", values.Select(Of));

    /// <summary>Monday 23 November 2026.</summary>
    public static string Day(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string ShortDay(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>23 Nov 2026, 15:30.</summary>
    public string Time(DateTimeOffset at) => $"{ShortDay(clock.DateOf(at))}, {clock.TimeOf(at).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    public string Time(DateTimeOffset? at) => at is { } time ? Time(time) : "";

    /// <summary>What a ban is now, whether or not its end has been recorded yet; the second: it is in force.</summary>
    public (string Words, bool InForce) Of(BanView ban) =>
        ban.End is { } end ? (Of(end), false)
        : ban.Until <= clock.Now ? ("Ended", false)
        : ban.From > clock.Now ? ($"From {Time(ban.From)}", false)
        : ("In force", true);

    /// <summary>It can still be lifted.</summary>
    public bool IsOpen(BanView ban) => ban.End is null && ban.Until > clock.Now;

    public bool IsOver(DateTimeOffset? due) => due < clock.Now;

    /// <summary>Whether a link to answer by opens.</summary>
    public string Of(SignatureLinkView link) =>
        link.Failures >= SignatureLinkView.Tries ? "The link ended after five wrong dates of birth" : link.Opens(clock.Now) ? $"The link opens until {Time(link.Until)}" : "The link is too old";

    /// <summary>Overdue since yesterday, 15:30; due today by 15:30; due on Friday 27 November.</summary>
    public string Due(DateTimeOffset? due)
    {
        if (due is not { } at)
        {
            return "No set time";
        }

        var (day, time) = (clock.DateOf(at), clock.TimeOf(at).ToString("HH:mm", CultureInfo.InvariantCulture));
        return at < clock.Now ? $"Overdue since {Near(day)}, {time}" : day == Today ? $"Due today by {time}" : $"Due {Near(day)}, {time}";
    }

    /// <summary>A result of a check that was corrected, with what was written.</summary>
    public static string Before(EarlierCheckView earlier) => $"Before: {Of(earlier.Result).ToLowerInvariant()}{(earlier.Note is { } words ? $", “{words}”" : "")}";

    /// <summary>What became of a concern that a check found.</summary>
    public string Answered(ConcernAnswerView answer, Names names) =>
        $"Answered {Time(answer.At)} by {names.Of(answer.By)}: {answer.Reason ?? (answer.Incident is { } found ? $"incident {IncidentReference.Of(found)}" : "Erased")}";

    /// <summary>Of a step that was considered: nothing was done where the answer was no.</summary>
    public static string Of(StepStatus status, bool? answer) => status == StepStatus.Done && answer == false ? "Decided against" : Of(status);

    /// <summary>What begins a sentence, within one: names of days and months stay as they are.</summary>
    public static string Within(string words) => char.ToLowerInvariant(words[0]) + words[1..];

    private string Near(DateOnly day) => (day.DayNumber - Today.DayNumber) switch
    {
        0 => "today",
        -1 => "yesterday",
        1 => "tomorrow",
        > -7 and < 7 => day.ToString("dddd d MMMM", CultureInfo.InvariantCulture),
        _ => ShortDay(day),
    };

    private static string Split(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            text.Append(char.IsUpper(c) && text.Length > 0 ? $" {char.ToLowerInvariant(c)}" : c);
        }

        return text.ToString();
    }
}
