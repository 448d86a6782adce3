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

    /// <summary>Null: nobody has chosen.</summary>
    public CheckResult? Result { get; set; }

    public string? Note { get; set; }

    /// <summary>While devices are removed: the pupil was found to hold none.</summary>
    public bool NoneHeld { get; set; }

    public RecordCheck Command() => new(Date, Result!.Value, Note, NoneHeld);

    /// <summary>A note without a result records nothing, and must not be lost.</summary>
    public bool LacksResult => Result is null && !string.IsNullOrWhiteSpace(Note);

    public static CheckLine Of(CheckView check) => new() { Pupil = check.Pupil.Value, Date = check.Date };
}
