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

    public CheckResult Result { get; set; }

    public string? Note { get; set; }

    /// <summary>As the page showed it: then a clear check said that none is held.</summary>
    public bool DevicesRemoved { get; set; }

    public RecordCheck Command() => new(Date, Result, Note, NoneHeld: DevicesRemoved && Result == CheckResult.Clear);
}
