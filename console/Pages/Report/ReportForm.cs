using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.StaffConsole.Pages.Report;

/// <summary>What the report's form sends.</summary>
internal sealed class ReportForm
{
    public ImmediateDanger Danger { get; set; }

    public bool NumbersShown { get; set; }

    public string? What { get; set; }

    public DateOnly? HappenedAt { get; set; }

    public TimeOnly? HappenedTime { get; set; }

    public bool OnSite { get; set; } = true;

    public string? Place { get; set; }

    public List<PersonLine> People { get; set; } = [];

    public string? Search { get; set; }

    public List<Guid> Devices { get; set; } = [];

    public List<AddressLine> Addresses { get; set; } = [];

    public OnBehalfOf OnBehalfOf { get; set; }

    public ReportKind Kind { get; set; }

    public AboutStaff AboutStaff { get; set; }

    public Agency? Agency { get; set; }

    public string? Reference { get; set; }

    public IEnumerable<PersonLine> Involved => People.Where(p => p.Part is not null);
}

internal sealed class PersonLine
{
    public Guid Pupil { get; set; }

    /// <summary>Null: found by the search, not involved.</summary>
    public PupilPart? Part { get; set; }
}

internal sealed class AddressLine
{
    public string? Address { get; set; }

    public string? Description { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Address) && string.IsNullOrWhiteSpace(Description);
}

/// <summary>A pupil's line on the page.</summary>
internal sealed record PersonShown(PupilId Id, string Name, string Year, string? ClassName, PupilPart? Part);
