using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.StaffConsole.Pages.Checks;

internal sealed class CheckForm
{
    public List<CheckLine> Lines { get; set; } = [];
}

internal sealed class CheckLine
{
    public Guid Pupil { get; set; }

    public DateOnly Date { get; set; }

    /// <summary>Null: left for later.</summary>
    public CheckResult? Result { get; set; }

    public string? Note { get; set; }

    /// <summary>While devices are removed: the pupil was found to hold none.</summary>
    public bool NoneHeld { get; set; }

    public RecordCheck Command() => new(Date, Result!.Value, Note, NoneHeld);

    /// <summary>Before anybody has chosen. Clear at once is only what can be seen at one look: one's own class, today, nothing to confirm.</summary>
    public static CheckLine Of(CheckView check, bool preset) =>
        new() { Pupil = check.Pupil.Value, Date = check.Date, Result = preset && !check.DevicesRemoved ? CheckResult.Clear : null };
}
