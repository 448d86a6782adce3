using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>A decision in the making: events so far, and the state they lead to.</summary>
internal sealed class IncidentDraft(IncidentState state, Setting setting)
{
    private readonly List<object> _events = [];

    public IncidentState State { get; private set; } = state;

    public Setting Setting => setting;

    public void Add(object @event)
    {
        _events.Add(@event);
        State = State.Apply(@event, new EventMeta(0, setting.Now, setting.Context.Actor));
    }

    /// <summary>Sealed under the record's own key: a narrative concerns several people.</summary>
    public Personal<string>? Text(string? text) => Personal.OfText(KeyOwner.Of(IncidentKey.Stream(State.Id)), text);

    public Personal<string> Required(string text) => Personal.Of(KeyOwner.Of(IncidentKey.Stream(State.Id)), text.Trim());

    public string Notify(NoticeKind kind, Holder to, int? step = null, bool proof = true)
    {
        var id = $"n{State.Notices.Count + 1}";
        Add(new NoticeIssued(
            id, kind, to.Person, to.Role, to.Instead, step, proof ? IncidentClocks.SeeBy(State.Danger, setting.Now, setting.Facts.Calendar) : null, to.Person == setting.Person));
        return id;
    }

    /// <summary>Whoever acts on the incident has seen what they were told of it, and what those were for whom they stand in.</summary>
    public void SeeAsActor()
    {
        foreach (var notice in State.Notices.Where(n => n.SeenAt is null && setting.ActsFor(n.To)).ToList())
        {
            Add(new NoticeSeen(notice.Id));
        }
    }

    /// <summary>What follows within the incident: steps that became ready, tellings to send, tellings all seen.</summary>
    public Result<Events> Finish()
    {
        while (State.TriagedAt is not null && !State.IsClosed() && FollowOne())
        {
        }

        TimeContact();
        IncidentDecider.AssignLasting(this);
        return Events.Of(_events);
    }

    /// <summary>Contact that waits for the agencies' word is due once they have given it, and no more when they take it back; a strategy likewise while an agency says no.</summary>
    private void TimeContact()
    {
        foreach (var step in State.OpenSteps().Where(s => StandardSteps.TellsParents(s.Rule.Kind)).ToList())
        {
            var free = StandardSteps.AwaitsLeave(step.Rule) ? State.IsReady(step) && PathTable.Refusal(State, PathAction.ContactParents) is null : !State.IsHeld(step);
            if (free != step.Times is not null)
            {
                var times = free ? IncidentClocks.Times(step.Rule, setting.Now, setting.Facts.Calendar, free) : null;
                Add(new StepReassigned(step.Number, step.Owner, step.Owner, step.OwnerRole, step.Instead, setting.Now, times, step.Standing));
            }
        }
    }

    private bool FollowOne()
    {
        foreach (var step in State.Plan().Where(State.IsReady))
        {
            if (step.Rule.Kind == StepKind.InformRole && step.Rule.Mode == StepMode.Do)
            {
                var notices = State.Notices.FindAll(n => n.Step == step.Number && n.Kind == NoticeKind.IncidentInform);
                if (notices.Count == 0 && Tell(step))
                {
                    return true;
                }

                if (notices.Count > 0 && notices.TrueForAll(n => n.SeenAt is not null))
                {
                    Add(new StepDone(step.Number, Actor.System, setting.Now, null, null, null, [], null));
                    return true;
                }
            }
        }

        return false;
    }

    public bool Tell(IncidentStep step)
    {
        var told = step.Rule.Tells.SelectMany(setting.Everybody).DistinctBy(h => h.Person).ToList();
        told.ForEach(h => Notify(NoticeKind.IncidentInform, h, step.Number));
        return told.Count > 0;
    }

    /// <summary>A step that had to wait for this one can only be late from now on.</summary>
    public void EndStep(object @event)
    {
        var blocked = State.Plan().Where(s => s.Status == StepStatus.Open && !State.IsReady(s)).Select(s => s.Number).ToHashSet();
        Add(@event);
        foreach (var step in State.Plan().Where(s => blocked.Contains(s.Number) && State.IsReady(s)).ToList())
        {
            var times = IncidentClocks.Times(step.Rule, setting.Now, setting.Facts.Calendar);
            if (times is not null && step.Times is not null && times.DueAt > step.Times.DueAt)
            {
                Add(new StepReassigned(step.Number, step.Owner, step.Owner, step.OwnerRole, step.Instead, setting.Now, times, step.Standing));
            }
        }
    }
}
