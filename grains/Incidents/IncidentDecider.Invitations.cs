using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    /// <param name="somebody">Whether anybody holds the role at the school's trust today.</param>
    public static Result<Events> Invite(IncidentState state, SchoolFacts facts, InviteTrustLead command, bool somebody, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (CheckInviter(state, setting) is { } error)
        {
            return error;
        }

        if ((command.Until <= setting.Now ? InvitationErrors.UntilInPast
            : command.Until > setting.Now.AddDays(InvitationErrors.MostDays) ? InvitationErrors.TooLong
            : Empty(command.Reason) ? IncidentErrors.ReasonMissing
            : command.Reason.Length > IncidentErrors.LongestText ? IncidentErrors.TooLong("reason", IncidentErrors.LongestText)
            : LinkOn(state, "reason", command.Reason) is { } link ? link
            : somebody ? null : InvitationErrors.NoTrustLead) is { } wrong)
        {
            return wrong;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        draft.Add(new TrustLeadInvited(facts.Trust, Microseconds.Truncate(command.Until), draft.Required(command.Reason)));
        foreach (var head in setting.Everybody(Role.Headteacher))
        {
            draft.Notify(NoticeKind.TrustLeadInvited, head);
        }

        return draft.Finish();
    }

    public static Result<Events> EndInvitation(IncidentState state, SchoolFacts facts, CommandContext context)
    {
        var setting = new Setting(facts, context);
        return CheckInviter(state, setting) is { } error ? error
            : state.Invitation?.RunsAt(setting.Now) == true ? Events.Of(new InvitationEnded())
            : InvitationErrors.NotInvited;
    }

    private static DomainError? CheckInviter(IncidentState state, Setting setting) =>
        !state.Exists ? IncidentErrors.NotFound
        : !setting.IsDsl ? DomainError.NotAllowed("the DSL and a deputy")
        : state.IsClosed() ? IncidentErrors.AlreadyClosed
        : null;
}
