using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

internal sealed class StepForm
{
    /// <summary>For whom of the pupils concerned; of a removal or a ban, who holds no device or gets none.</summary>
    public List<Guid> Pupils { get; set; } = [];

    public bool? Answer { get; set; }

    public string? Outcome { get; set; }

    public string? Reason { get; set; }

    public DateOnly? DoneAt { get; set; }

    public TimeOnly? DoneTime { get; set; }

    public ContactEnding? Ending { get; set; }

    public Guid? ContactId { get; set; }

    public string? Who { get; set; }

    public ContactWay? How { get; set; }

    public string? Said { get; set; }

    public Agency? AdvisedBy { get; set; }

    public DateOnly? ReviewOn { get; set; }

    public CompleteStep Command(int step, IConsoleClock clock) => new(
        step, DoneAt is { } day ? clock.ToInstant(day, DoneTime ?? new TimeOnly(12, 0)) : null, Answer, Outcome, Reason,
        Ending is { } ending ? new ParentContact(ending, Who, How, Said, Reason, AdvisedBy, ReviewOn, ContactId) : null, [], [.. Pupils.Select(p => new PupilId(p))]);
}
