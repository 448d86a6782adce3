using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    /// <summary>A report sent as technical concerns a child: from now on it is the DSL's to triage, whatever was done with it before.</summary>
    public static Result<Events> HandToDsl(IncidentState state, SchoolFacts facts, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (!state.Exists || CheckSight(state, setting) is not null)
        {
            return IncidentErrors.NotFound;
        }

        if (!setting.IsLead && !setting.Holds(setting.Recipients(technical: true)) && !setting.Holds(setting.Recipients(technical: false)))
        {
            return DomainError.NotAllowed($"whoever the policy names for technical reports, {IncidentErrors.Leads}");
        }

        if (state.Kind != ReportKind.Technical)
        {
            return IncidentErrors.NotTechnical;
        }

        if (state.Handed is not null)
        {
            return Events.None;
        }

        if (state.IsClosed() || state.Closure is not null)
        {
            return state.IsClosed() ? IncidentErrors.AlreadyClosed : IncidentClosingErrors.AlreadyAsked;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        var recipients = setting.Recipients(technical: false);
        var dsl = setting.Find(recipients);
        var standing = setting.StandingOf(dsl, setting.AwayFrom(recipients)?.Person, dsl is null ? null : [dsl.Role], Setting.MissingIn(recipients, dsl?.Role));
        draft.Add(new IncidentHandedToDsl(state.Owner, dsl?.Person, dsl?.Role, dsl?.Instead, IncidentClocks.Triage(state.Danger, setting.Now, facts.Calendar), standing));
        if (dsl is not null)
        {
            draft.Notify(NoticeOf(ReportKind.OnlineSafety, state.Danger), dsl);
        }

        return draft.Finish();
    }
}
