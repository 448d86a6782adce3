namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>Chases, reviews, monitoring and the decision without a reply are for those who lead: whoever else triages is refused them.</summary>
internal static partial class IncidentDecider
{
    public static void AssignLasting(IncidentDraft draft)
    {
        var (state, setting) = (draft.State, draft.Setting);
        if (!IncidentTasks.HasLasting(state))
        {
            return;
        }

        var (holder, standing) = LastingOf(state, setting);
        if (holder?.Person == state.Lasting?.Owner && standing == state.Lasting?.Standing)
        {
            return;
        }

        draft.Add(new LastingReassigned(state.LastingOwner(), holder?.Person, standing));
        if (draft.State.LastingOwner() is { } owner && owner != state.LastingOwner() && owner != setting.Person)
        {
            TellOfTasks(draft, holder ?? new Holder(owner, RoleOf(setting, owner), null));
        }
    }

    /// <summary>Null: the owner has it with the rest, because they lead, or because nobody does.</summary>
    private static (Holder? Holder, Standing? Standing) LastingOf(IncidentState state, Setting setting)
    {
        if (state.Owner is { } owner && setting.MayLead(owner))
        {
            // Whoever leads until a day, and has the reports beyond it, keeps those only.
            var own = new Holder(owner, RoleOf(setting, owner), null, state.Standing?.For);
            var (leading, all) = (setting.StandingOf(own, by: Setting.Leads), setting.StandingOf(own, by: setting.OwnersBy(state.IsTechnical(), !state.AwaitsTriage(), state.OwnerRole)));
            return leading == all ? (null, null) : (own, leading);
        }

        var lasting = state.Lasting;
        var holder = HolderOf(setting, lasting?.Standing, lasting?.Owner, Role.Dsl, null, setting.Find([Role.Dsl]), Setting.Leads, filled: false);
        return (holder, setting.StandingOf(holder, lasting?.Standing?.For ?? lasting?.Owner, Setting.Leads));
    }
}
