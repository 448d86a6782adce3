using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

internal sealed class CorrectForm
{
    public string? Text { get; set; }

    public string? Description { get; set; }

    public DateOnly? HappenedAt { get; set; }

    public TimeOnly? HappenedTime { get; set; }

    public PupilPart? Part { get; set; }

    public string? Who { get; set; }

    public ContactWay? How { get; set; }

    public string? Said { get; set; }

    /// <summary>Why parents were not told.</summary>
    public string? Withheld { get; set; }

    public string? Reason { get; set; }
}

/// <summary>One entry of the record that can be corrected.</summary>
/// <param name="Item">As addresses and forms name it: field, and number or pupil where there are several; of contact with parents, step and number.</param>
/// <param name="Beside">What the description is called; null: there is none.</param>
internal sealed record CorrectableEntry(
    string Item, CorrectedField Field, string Title, string? Text, int? Number = null, PupilId? Pupil = null, string? Description = null, string? Beside = null, ContactView? Contact = null);

/// <summary>J5: first which entry, then what is right.</summary>
internal sealed class CorrectPage(IncidentDesk desk, IConsoleClock clock, PupilReader pupils, PupilSearch search) : IncidentPage(desk), IFindsPupil
{
    [BindProperty]
    public string? Search { get; set; }

    /// <summary>Pupils who may be added.</summary>
    public PupilsFound? Found { get; private set; }

    public string Here => $"{Home}/correct";

    public string SearchLabel => "A pupil was left out";

    /// <summary>Null: not chosen yet.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Item { get; set; }

    [BindProperty]
    public CorrectForm Form { get; set; } = new();

    public IReadOnlyList<CorrectableEntry> Entries { get; private set; } = [];

    public CorrectableEntry? Entry => Entries.FirstOrDefault(e => e.Item == Item);

    public string PathOf(PupilId pupil) => $"{Here}?item={CorrectedField.PupilAdded}:{pupil}";

    public Task<IActionResult> OnGetAsync() => ShowAsync(() =>
    {
        var part = Incident.People.FirstOrDefault(p => p.Pupil == Entry?.Pupil)?.Part;
        var contact = Entry?.Contact;
        var at = contact is null ? Incident.HappenedAt : contact.DoneAt;
        Form = new CorrectForm
        {
            Text = Unreadable.ForForm(Entry?.Text), Description = Unreadable.ForForm(Entry?.Description), HappenedAt = at is { } day ? clock.DateOf(day) : null, HappenedTime = at is { } time ? clock.TimeOf(time) : null, Part = part,
            Who = Unreadable.ForForm(contact?.Who), How = contact?.How, Said = Unreadable.ForForm(contact?.Said), Withheld = Unreadable.ForForm(contact?.Reason),
        };
        return Task.CompletedTask;
    });

    public Task<IActionResult> OnPostAsync() => Chosen is null ? ShowAsync(FindAsync) : SendAsync(async context => await Grain.CorrectAsync(context, await CorrectionAsync()), "corrected");

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync())
        {
            return false;
        }

        PupilId? left = Chosen == CorrectedField.PupilAdded && Guid.TryParse(Item!.Split(':')[^1], out var id) ? new PupilId(id) : null;
        await Desk.Names.LearnAsync([], Incident.People.Select(p => (PupilId?)p.Pupil).Append(left), Ct);
        Entries =
        [
            new(nameof(CorrectedField.What), CorrectedField.What, "What happened", Incident.What),
            new(nameof(CorrectedField.HappenedAt), CorrectedField.HappenedAt, "When it happened", null),
            new(nameof(CorrectedField.Place), CorrectedField.Place, "Place", Incident.Place),
            .. Incident.People.Select(p => new CorrectableEntry($"{CorrectedField.PupilPart}:{p.Pupil}", CorrectedField.PupilPart, $"Part of {Desk.Names.Of(p.Pupil)}", Wording.Of(p.Part), Pupil: p.Pupil)),
            .. Incident.People.Select(p => new CorrectableEntry(
                $"{CorrectedField.PupilWithdrawn}:{p.Pupil}", CorrectedField.PupilWithdrawn, $"{Desk.Names.Of(p.Pupil)} is not concerned", "Entered by mistake: it leaves their chronology, and the record keeps the mark.", Pupil: p.Pupil)),
            .. Incident.Addresses.Select(a => Numbered(CorrectedField.Address, a.Number, "Address", a.Address) with { Description = a.Description, Beside = "What was there" }),
            .. left is { } pupil ? [new CorrectableEntry($"{CorrectedField.PupilAdded}:{pupil}", CorrectedField.PupilAdded, $"{Desk.Names.Of(pupil)} was left out", null, Pupil: pupil)] : Array.Empty<CorrectableEntry>(),
            .. Incident.Steps.Where(s => s.Outcome is not null).Select(s => Numbered(CorrectedField.StepOutcome, s.Number, "Outcome of step", s.Outcome)),
            .. Incident.Steps.SelectMany(s => s.Parts.SelectMany(p => p.Pupils).Distinct().Select(p => (Step: s, Pupil: p, s.Parts.Last(x => x.Pupils.Contains(p)).Outcome))).Where(p => p.Outcome is not null)
                .Select(p => new CorrectableEntry(
                    string.Create(CultureInfo.InvariantCulture, $"{CorrectedField.StepOutcome}:{p.Step.Number}:{p.Pupil}"), CorrectedField.StepOutcome,
                    string.Create(CultureInfo.InvariantCulture, $"Outcome of step {p.Step.Number} for {Desk.Names.Of(p.Pupil)}"), p.Outcome, p.Step.Number, p.Pupil)),
            .. Incident.Steps.SelectMany(s => s.Contacts.Select((c, i) => new CorrectableEntry(
                string.Create(CultureInfo.InvariantCulture, $"{CorrectedField.ParentsContact}:{s.Number}:{i + 1}"), CorrectedField.ParentsContact,
                $"Contact with parents{Timeline.Of(c.Pupils, Desk.Names)}, {Wording.ShortDay(clock.DateOf(c.DoneAt ?? c.At))}: {Wording.Of(c.Ending).ToLowerInvariant()}", c.Said ?? c.Reason, s.Number, Contact: c))),
            .. Incident.Debrief is { } debrief
                ? [new CorrectableEntry(nameof(CorrectedField.Debrief), CorrectedField.Debrief, "What the debrief found", debrief.Findings, Description: debrief.PolicyReason, Beside: debrief.PolicyReason is null ? null : "Where the policy fell short")]
                : Array.Empty<CorrectableEntry>(),
            .. (Incident.Debrief?.Changes ?? []).Select(c => Numbered(CorrectedField.Change, c.Number, "Change", c.What) with { Description = c.Outcome, Beside = c.DoneAt is null ? null : "What came of it" }),
            .. Incident.Closure is { } closure ? [new CorrectableEntry(nameof(CorrectedField.Closure), CorrectedField.Closure, "How it was closed", closure.Summary)] : Array.Empty<CorrectableEntry>(),
        ];
        return true;
    }

    private async Task FindAsync()
    {
        var found = await search.FindAsync(Search, Ct);
        Found = found.Value is { } all ? all with { Pupils = [.. all.Pupils.Where(p => Incident.People.All(known => known.Pupil != p.View.Id))] } : null;
        Wrong(found.Errors);
    }

    /// <summary>Null: the form names no entry. It is asked again which one is wrong.</summary>
    private CorrectedField? Chosen => Enum.TryParse<CorrectedField>((Item ?? "").Split(':')[0], out var known) && Enum.IsDefined(known) ? known : null;

    // The command from the form alone: what it names and is not there, the grain refuses.
    private async Task<CorrectRecord> CorrectionAsync()
    {
        var parts = (Item ?? "").Split(':');
        var field = Chosen!.Value;
        int? number = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
        PupilId? pupil = parts.Length > 1 && Guid.TryParse(parts[^1], out var id) ? new PupilId(id) : null;
        int? contact = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var c) ? c : null;
        var known = field == CorrectedField.PupilAdded && pupil is { } added ? await pupils.DimensionsAsync(Who, [added], Ct) : null;
        return new CorrectRecord(
            field, Form.Reason ?? "", number, Form.Text, Form.Description,
            field is CorrectedField.HappenedAt or CorrectedField.ParentsContact && Form.HappenedAt is { } day ? clock.ToInstant(day, Form.HappenedTime ?? new TimeOnly(12, 0)) : null, pupil,
            Form.Part, pupil is { } one ? known?.GetValueOrDefault(one) : null, contact is { } which ? new CorrectedContact(which, Form.Who, Form.How, Form.Said, Form.Withheld) : null);
    }

    private static CorrectableEntry Numbered(CorrectedField field, int number, string title, string? text) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{field}:{number}"), field, string.Create(CultureInfo.InvariantCulture, $"{title} {number}"), text, number);
}
