using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages.Strategies;

/// <summary>What a pupil may use. A list that is filled in is a limit; an empty one sets none, or, where <see cref="Only"/> names it, allows none.</summary>
internal sealed class TermsForm
{
    private const int Windows = 2;

    public Supervision Supervision { get; set; }

    /// <summary>devices, services, times: whichever are limited though nothing is filled in.</summary>
    public List<string> Only { get; set; } = [];

    public List<Guid> Devices { get; set; } = [];

    /// <summary>One a line.</summary>
    public string? Services { get; set; }

    public List<WindowLine> Times { get; set; } = [];

    public TimeOnly? ChecksBy { get; set; }

    public string? Notes { get; set; }

    public IReadOnlyList<DeviceId> Named => [.. Devices.Select(DeviceId.Of)];

    public static TermsForm Of(StrategyTermsView? terms) => terms is null ? new TermsForm() : new TermsForm
    {
        Supervision = terms.Supervision,
        Only = [.. new[] { terms.Devices is null ? null : "devices", terms.Services is null ? null : "services", terms.Times is null ? null : "times" }.OfType<string>()],
        Devices = [.. (terms.Devices ?? []).Select(d => d.Value)],
        Services = string.Join('\n', (terms.Services ?? []).Where(s => !Unreadable.StandsIn(s))),
        Times = [.. (terms.Times ?? []).Select(t => new WindowLine { Days = [.. t.Days], From = t.From, To = t.To })],
        ChecksBy = terms.Checks?.By,
        Notes = Unreadable.ForForm(terms.Notes),
    };

    public void Pad()
    {
        while (Times.Count < Windows)
        {
            Times.Add(new WindowLine());
        }
    }

    public StrategyTerms Terms() => new(
        Supervision,
        Limit("devices", Named),
        Limit("services", (Services ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        Limit("times", Times.Where(t => !t.IsEmpty).Select(t => new AccessWindow(t.Days, t.From ?? default, t.To ?? default)).ToArray()),
        ChecksBy is { } by ? new StrategyChecks(by) : null,
        string.IsNullOrWhiteSpace(Notes) ? null : Notes);

    private IReadOnlyList<T>? Limit<T>(string name, IReadOnlyList<T> filledIn) => filledIn.Count > 0 || Only.Contains(name) ? filledIn : null;
}

internal sealed class WindowLine
{
    public List<Weekday> Days { get; set; } = [];

    public TimeOnly? From { get; set; }

    public TimeOnly? To { get; set; }

    public bool IsEmpty => Days.Count == 0 && From is null && To is null;
}

/// <param name="Prefix">Of the inputs' names: <c>terms</c>, <c>interim</c>.</param>
/// <param name="Wrong">What is wrong with the times.</param>
internal sealed record TermsPart(string Prefix, string Legend, string Hint, TermsForm Form, IReadOnlyList<Choice> Devices, string? Wrong)
{
    public static IReadOnlyList<Choice> Days { get; } =
        [.. new[] { Weekday.Monday, Weekday.Tuesday, Weekday.Wednesday, Weekday.Thursday, Weekday.Friday, Weekday.Saturday, Weekday.Sunday }.Select(d => new Choice(d.ToString(), d.ToString()))];
}
