using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>Rules of an incident (C1–C4, C8, C9, C11), by concern.</summary>
internal static partial class IncidentDecider
{

    /// <summary>Begin of the school year 2000: nobody who is a pupil today was one before.</summary>
    private static readonly DateTimeOffset Earliest = new(2000, 9, 1, 0, 0, 0, TimeSpan.Zero);

    public static Result<Events> Report(IncidentState state, SchoolFacts facts, IncidentId id, ReportIncident command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (CheckReport(state, setting, command) is { } error)
        {
            return error;
        }

        var key = KeyOwner.Of(IncidentKey.Stream(id));
        var recipients = setting.Recipients(command.Kind == ReportKind.Technical);
        var triager = setting.Find(recipients);
        var draft = new IncidentDraft(state with { Id = id }, setting);
        draft.Add(new IncidentReported(
            id, setting.Person!.Value, command.Kind, command.Danger, command.OnBehalfOf, Personal.Of(key, command.What.Trim()), Microseconds.Truncate(command.HappenedAt), command.OnSite,
            Personal.OfText(key, command.Place), command.People, [.. command.Devices.Distinct()],
            [.. command.Addresses.Select((a, i) => new IncidentAddress(i + 1, Personal.Of(key, a.Address.Trim()), Personal.OfText(key, a.Description)))],
            triager?.Person, triager?.Role, triager?.Instead, IncidentClocks.Triage(command.Danger, context.Now, facts.Calendar), facts.Version,
            setting.StandingOf(triager, setting.AwayFrom(recipients)?.Person, triager is null ? null : [triager.Role], Setting.MissingIn(recipients, triager?.Role)), command.Check));

        // In immediate danger nobody waits for one person to look: whoever leads safeguarding is told at once.
        var told = command.Danger == ImmediateDanger.Yes ? setting.All(Role.Dsl, Role.DeputyDsl, Role.Headteacher).Where(h => h.Person != triager?.Person) : [];
        foreach (var holder in told.Prepend(triager).OfType<Holder>())
        {
            draft.Notify(NoticeOf(command.Kind, command.Danger), holder);
        }

        // Which drop-down a report came through says nothing of the child in it.
        if (command is { Kind: ReportKind.Technical, People.Count: > 0 } && setting.Find(setting.Recipients(technical: false)) is { } dsl && !draft.State.Notices.Exists(n => n.To == dsl.Person))
        {
            draft.Notify(NoticeKind.TechnicalIncidentWithPupil, dsl);
        }

        if (command.DirectReferral is { } direct)
        {
            AddReferral(draft, new RecordReferral(null, direct.Agency, ReferralDecision.Referred, Reference: direct.Reference), null, Microseconds.Truncate(direct.At));
        }

        return draft.Finish();
    }

    public static Result<Events> MarkSeen(IncidentState state, SchoolFacts facts, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (!state.Exists || CheckSight(state, setting) is not null)
        {
            return IncidentErrors.NotFound;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        return draft.Finish();
    }

    private static DomainError? CheckReport(IncidentState state, Setting setting, ReportIncident command) =>
        !setting.IsStaff ? IncidentErrors.StaffOnly
        : state.Exists ? IncidentErrors.AlreadyReported
        : command.Danger == ImmediateDanger.NotAnswered ? IncidentErrors.DangerNotAnswered
        : command.Danger == ImmediateDanger.Yes && !command.NumbersShown ? IncidentErrors.NumbersNotShown
        : command.AboutStaff == AboutStaff.MemberOfStaff ? IncidentErrors.AboutStaff
        : command.AboutStaff == AboutStaff.Headteacher ? IncidentErrors.AboutHead
        : string.IsNullOrWhiteSpace(command.What) ? IncidentErrors.WhatMissing
        : CheckBounds(command) is { } bounds ? bounds
        : command.HappenedAt > setting.Now ? IncidentErrors.InTheFuture
        : command.People.Select(p => p.Pupil).Distinct().Count() != command.People.Count ? IncidentErrors.PupilTwice
        : command.Check is { } check && command.People.All(p => p.Pupil != check.Pupil) ? IncidentErrors.CheckOfAnother
        : command.People.FirstOrDefault(p => !YearGroups.Contains(p.Dimensions.YearGroup)) is { } pupil ? IncidentErrors.YearGroupUnknown(pupil.Dimensions.YearGroup)
        : command.Addresses.Any(a => string.IsNullOrWhiteSpace(a.Address)) ? IncidentErrors.AddressMissing
        : command.DirectReferral is { } referral ? CheckDirect(setting, referral)
        : null;

    private static DomainError? CheckBounds(ReportIncident command) =>
        command.What.Length > IncidentErrors.LongestWhat ? IncidentErrors.TooLong("what", IncidentErrors.LongestWhat)
        : command.Place?.Length > IncidentErrors.LongestText ? IncidentErrors.TooLong("place", IncidentErrors.LongestText)
        : command.Addresses.Any(a => a.Address?.Length > IncidentErrors.LongestText || a.Description?.Length > IncidentErrors.LongestText) ? IncidentErrors.TooLong("addresses", IncidentErrors.LongestText)
        : command.DirectReferral?.Reference?.Length > IncidentErrors.LongestText ? IncidentErrors.TooLong("directReferral.reference", IncidentErrors.LongestText)
        : command.People.Count > IncidentErrors.MostPeople ? IncidentErrors.TooManyPeople
        : command.Addresses.Count > IncidentErrors.MostAddresses ? IncidentErrors.TooManyAddresses
        : command.HappenedAt < Earliest ? IncidentErrors.TooLongAgo
        : null;

    private static DomainError? CheckDirect(Setting setting, DirectReferral referral) =>
        referral.At > setting.Now ? IncidentErrors.ReferralInFuture
        : referral.Agency == Agency.Lado && setting.Facts.Nation == Nation.Wales ? IncidentErrors.NoLadoInWales
        : null;

    private static NoticeKind NoticeOf(ReportKind kind, ImmediateDanger danger) =>
        danger == ImmediateDanger.Yes ? NoticeKind.IncidentReportedImmediate
        : kind == ReportKind.Technical ? NoticeKind.TechnicalIncidentReported
        : NoticeKind.IncidentReported;
}
