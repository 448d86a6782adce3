using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

internal sealed class TriageForm
{
    public string? Nature { get; set; }

    public List<FourC> FourCs { get; set; } = [];

    public Awareness? Awareness { get; set; }

    public GuardedPath? Path { get; set; }

    public bool Serious { get; set; }

    public List<StepLine> Steps { get; set; } = [];

    public List<ToDoLine> ToDo { get; set; } = [];

    public string? Reason { get; set; }

    public TriageIncident Command() => new(
        Nature, FourCs, Awareness, Path, Serious, [], [.. Steps.Where(s => s.Kind is not null).Select(s => new ChosenStep(s.Kind!.Value, s.Owner, s.Due, s.Note, s.ToDo))], Reason,
        [.. ToDo.Where(t => t.Had || !string.IsNullOrWhiteSpace(t.Text)).Select(t => new StepToDo(t.Step ?? "", t.Text ?? ""))]);
}

/// <summary>What the owner of a step of the policy is asked.</summary>
internal sealed class ToDoLine
{
    public string? Step { get; set; }

    public string? Text { get; set; }

    /// <summary>It has words already: an empty line takes them away.</summary>
    public bool Had { get; set; }
}

internal sealed class StepLine
{
    public StepKind? Kind { get; set; }

    public Role Owner { get; set; }

    public string? Deadline { get; set; }

    public string? Note { get; set; }

    public string? ToDo { get; set; }

    public DeadlineRule Due => DeadlineRule.TryParse(Deadline ?? "", out var rule) ? rule : default;
}

/// <summary>C2: nature, 4Cs, awareness, path. The plan follows from the policy in force.</summary>
internal sealed class TriagePage(IncidentDesk desk) : IncidentPage(desk)
{
    private const int OwnSteps = 4;

    [BindProperty]
    public TriageForm Form { get; set; } = new();

    /// <summary>The steps that follow from the form as it is, once somebody asked to see them.</summary>
    public IReadOnlyList<(StepRule Rule, ToDoLine Line)> Plan { get; private set; } = [];

    public IEnumerable<Choice> Natures => (Policy?.Natures ?? []).Select(n => new Choice(n.Id, n.Title, n.Illegal ? "Illegal: everything stops, the police are told" : null));

    public IEnumerable<Choice> Awarenesses { get; } = [.. Choice.All<Awareness>(), new Choice("", "The policy does not ask")];

    /// <summary>What is chosen: nothing until somebody has.</summary>
    public string? AwarenessChosen => Form.Awareness?.ToString() ?? (Incident.TriagedAt is null && !Request.HasFormContentType ? null : "");

    public IEnumerable<Choice> Owners { get; } =
        Choice.Of(Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.OnlineSafetyLead, Role.NetworkManager, Role.HeadOfYear, Role.PastoralTeam, Role.ClassTeacher, Role.KeyWorker);

    public IEnumerable<Choice> Deadlines { get; } =
        new[] { "immediately", "same school day", "1 school day", "2 school days", "5 school days", "none" }.Select(d => new Choice(d, d == "none" ? "No set time" : char.ToUpperInvariant(d[0]) + d[1..]));

    public Task<IActionResult> OnGetAsync() => ShowAsync(() =>
    {
        Form = new TriageForm { Nature = Incident.Nature, FourCs = [.. Incident.FourCs], Awareness = Incident.Awareness, Path = Incident.Path?.Path, Serious = Incident.Serious };
        return MoreAsync();
    });

    public Task<IActionResult> OnPostAsync(string? @do) => @do == "plan"
        ? ShowAsync(PlanAsync)
        : SendAsync(context => Grain.TriageAsync(context, Form.Command()), "triaged", Form.ToDo.Count > 0 ? PlanAsync : MoreAsync);

    private async Task PlanAsync()
    {
        await MoreAsync();
        var plan = await Grain.PlanAsync(Command(), Form.Command());
        if (Errors.Count == 0)
        {
            Wrong(plan.Errors);
        }

        Plan = [.. (plan.Ok ? plan.Value : []).Select(rule => (rule, Line(rule)))];
    }

    private ToDoLine Line(StepRule rule)
    {
        // Words that cannot be read are neither shown nor taken away by the empty line.
        var words = Unreadable.ForForm(Incident.Steps.LastOrDefault(s => s.Rule.Id == rule.Id && s.Status == StepStatus.Open)?.ToDo);
        return new ToDoLine { Step = rule.Id, Had = words is not null, Text = Form.ToDo.Find(t => t.Step == rule.Id) is { } written ? written.Text : words };
    }

    private Task MoreAsync()
    {
        while (Form.Steps.Count < OwnSteps)
        {
            Form.Steps.Add(new StepLine { Owner = Role.Dsl });
        }

        return Desk.Names.LearnAsync([], Incident.People.Select(p => (PupilId?)p.Pupil), Ct);
    }
}
