using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>What a reporter may know of their report: nothing of the record.</summary>
public sealed class Receipt(IncidentReceipt view)
{
    /// <summary>Opens nothing for those who may not see the incident.</summary>
    [ID(nameof(Incident))]
    public string IncidentId => view.Id.ToString();

    /// <summary>To say on the telephone: K7QF-2M9X.</summary>
    public string Reference => view.Reference;

    /// <summary>How far it is.</summary>
    public ReceiptStatus Status => view.Status;

    /// <summary>When it was reported.</summary>
    public DateTimeOffset ReportedAt => view.ReportedAt;
}
