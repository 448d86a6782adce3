using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.StaffConsole.Pages.Checks;

internal sealed class CheckForm
{
    public List<CheckLine> Lines { get; set; } = [];
}

internal sealed record CheckLine
{
    public Guid Pupil { get; set; }

    public DateOnly Date { get; set; }

    /// <summary>Null: nobody has chosen.</summary>
    public CheckResult? Result { get; set; }

    public string? Note { get; set; }

    /// <summary>While devices are removed: the pupil was found to hold none.</summary>
    public bool NoneHeld { get; set; }

    /// <summary>It was refused for want of that: devices are to be away since the page's list was written.</summary>
    public bool AsksNoneHeld { get; internal init; }

    /// <summary>How often it had been recorded when the page was shown.</summary>
    public int? Version { get; set; }

    public RecordCheck Command() => new(Date, Result!.Value, Note, NoneHeld, Version);

    /// <summary>A note without a result records nothing, and must not be lost.</summary>
    public bool LacksResult => Result is null && !string.IsNullOrWhiteSpace(Note);

    public static CheckLine Of(CheckView check) => new() { Pupil = check.Pupil.Value, Date = check.Date, Version = check.Version };

    /// <summary>What stands there, to be put right.</summary>
    public static CheckLine Correcting(CheckView check) => Of(check) with { Result = ResultOf(check.Status), Note = Unreadable.ForForm(check.Note) };

    private static CheckResult? ResultOf(CheckStatus status) => Enum.TryParse<CheckResult>(status.ToString(), out var result) ? result : null;
}
