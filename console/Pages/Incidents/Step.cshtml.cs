using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>C3: one step. Its owner gets here by their task and learns nothing of the incident but what doing it takes; who sees the incident sees the whole rule.</summary>
internal sealed class StepPage(IncidentDesk desk, DeviceReader devices, PupilReader pupils, IConsoleClock clock) : SchoolPage
{
    private StepRule? _rule;
    private StepWork _work = null!;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public StepForm Form { get; set; } = new();

    /// <summary>How contact with parents ended who were not told: it is looked at again. For who sees the incident.</summary>
    public IReadOnlyList<ContactView> Withheld { get; private set; } = [];

    /// <summary>The agencies' word that keeps the step from being done; for who sees the incident.</summary>
    public ParentsHeld? Held { get; private set; }

    public bool SeesIncident => _rule is not null;

    public string Text { get; private set; } = "";

    /// <summary>What the DSL asks in their own words.</summary>
    public string? ToDo { get; private set; }

    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Those that the step is about, and where what is done with them is recorded.</summary>
    public IReadOnlyList<(string Path, string Text)> Devices { get; private set; } = [];

    /// <summary>Of the pupils concerned; null: the reader does not see contacts.</summary>
    public IReadOnlyList<(PupilId Pupil, IReadOnlyList<PupilContact>? Contacts)> Contacts { get; private set; } = [];

    /// <summary>Of a step that is recorded pupil by pupil: each of them, and what was recorded for them so far. Whoever sees the step only learns no more than for whom it is done.</summary>
    public IReadOnlyList<(PupilId Pupil, IReadOnlyList<TimelineEntry> Entries, bool Ended)> PerPupil { get; private set; } = [];

    public IEnumerable<Choice> ForWhom => PerPupil.Select(p => new Choice(p.Pupil.ToString(), desk.Names.Of(p.Pupil)));

    /// <summary>The step has ended; what is said to parents afterwards is recorded all the same.</summary>
    public bool IsFurther { get; private set; }

    /// <summary>Whom one may speak with.</summary>
    public IEnumerable<Choice> Reachable =>
        Contacts.SelectMany(p => p.Contacts ?? []).Where(c => !c.NoContact).DistinctBy(c => c.Id).Select(c => new Choice(c.Id.ToString(), $"{c.Name}, {c.Relationship}"));

    /// <summary>For whom the step sets something up, and where; for who sees the incident.</summary>
    public IReadOnlyList<(PupilId Pupil, string Path)> SetUp { get; private set; } = [];

    /// <summary>For whom it may be recorded that there is nothing to do: who has not been accounted for yet; for who sees the incident.</summary>
    public IReadOnlyList<Choice> Alone { get; private set; } = [];

    public bool RemovesDevices => _work.Kind == StepKind.RemoveAllDevices;

    public bool UsesReferral => ReferralPage.Kinds.Contains(_work.Kind);

    public bool MayConsider => _work.Mode == StepMode.Consider && !IsFurther;

    public bool ContactsParents => _work.Kind == StepKind.ContactParents;

    public bool MayWaive => _rule is { WaivableBy.Count: > 0 } && !IsFurther;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        // The command first: sent twice, the form finds no open step, but its stored answer.
        var grain = desk.Grain(Who.Tenant, Id);
        var reply = @do == "waive" ? await grain.WaiveStepAsync(Command(), new WaiveStep(Number, Form.Reason ?? "")) : await grain.CompleteStepAsync(Command(), Form.Command(Number, clock));
        if (reply.Ok)
        {
            return Redirect(await desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct) is not null ? $"/console/incidents/{Id}?done={(@do == "waive" ? "waived" : "step")}" : "/console");
        }

        return Refused(reply) ?? (await LoadAsync() ? Page() : NotFound());
    }

    private async Task<bool> LoadAsync()
    {
        List<PupilId> accounted = [];
        var seen = await desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct);
        if (seen is { } incident)
        {
            if (incident.Steps.FirstOrDefault(s => s.Number == Number && (s.Status == StepStatus.Open || Timeline.TakesMore(s))) is not { } step)
            {
                return false;
            }

            (_rule, _work) = (step.Rule, StepWork.Of(step.Rule, incident.Devices, incident.People, step.FulfilledFor));
            IsFurther = step.Status != StepStatus.Open;
            (Text, ToDo, DueAt) = (step.Rule.Text, step.ToDo, step.DueAt);
            Withheld = step.Withheld;
            Held = step.Rule.Kind is StepKind.ContactParents or StepKind.AccessStrategy ? new ParentsHeld(incident, Acts: true) : null;
            accounted = [.. step.FulfilledFor, .. (step.Settled ?? []).Select(s => s.Pupil)];
            SetUp = PathOf(step.Rule.Kind) is { } path ? [.. StepWork.Concerned(step.Rule.Kind, incident.People).Select(p => (p, string.Format(CultureInfo.InvariantCulture, path, p)))] : [];
        }
        else if (await desk.StepTaskAsync(Who, Id, Number, Ct) is { Work: { } work } task)
        {
            _work = work;
            (Text, ToDo, DueAt) = (task.Title, task.ToDo, task.DueAt);
        }
        else
        {
            return false;
        }

        var found = await devices.FindManyAsync(Who, _work.Devices, Ct);
        Devices = [.. found.Select(d => ($"/console/devices/{d.View.Id}{ActionOf(_work.Kind)}?incident={Id}", $"{d.View.Label ?? Wording.Of(d.View.Kind)}: {Wording.Of(d.Custody).ToLowerInvariant()}"))];
        await desk.Names.LearnAsync((seen?.Steps ?? []).SelectMany(s => s.Contacts.Select(c => c.By).Concat(s.Parts.Select(p => p.By))), _work.Pupils.Concat(SetUp.Select(p => p.Pupil)).Select(p => (PupilId?)p), Ct);
        Alone = RemovesDevices || _work.Kind == StepKind.ConsiderBan ? [.. SetUp.Where(p => !accounted.Contains(p.Pupil)).Select(p => new Choice(p.Pupil.ToString(), desk.Names.Of(p.Pupil)))] : [];
        var contacts = ContactsParents ? await pupils.ContactsAsync(Who, _work.Pupils, Ct) : new Dictionary<PupilId, PupilContactsView>();
        Contacts = ContactsParents ? [.. _work.Pupils.Select(p => (p, contacts.GetValueOrDefault(p)?.Contacts))] : [];
        PerPupil = [.. _work.Pupils.Select(p => (p, seen is null ? [] : RecordedFor(seen, p), (_work.Ended ?? []).Contains(p)))];
        return true;
    }

    private IReadOnlyList<TimelineEntry> RecordedFor(IncidentView incident, PupilId pupil)
    {
        var names = Contacts.SelectMany(p => p.Contacts ?? []).DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => $"{c.Name} ({c.Relationship})");
        return Timeline.Recorded(incident, _work.Kind, pupil, desk.Names, names);
    }

    private static string? PathOf(StepKind kind) => kind switch
    {
        StepKind.AccessStrategy => "/console/pupils/{0}/strategy/draft",
        StepKind.ConsiderBan => "/console/pupils/{0}/ban",
        StepKind.RemoveAllDevices => "/console/pupils/{0}",
        StepKind.DailyChecks or StepKind.WeeklyUpdate => "/console/checks/{0}/schedule",
        _ => null,
    };

    private static string ActionOf(StepKind kind) => kind switch
    {
        StepKind.RemoveMaterial => "/examine",
        StepKind.IsolateAndSealDevice => "/seal",
        _ => "/take",
    };
}
