using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.Gateway.GraphQL.Trends;

/// <summary>An incident log that leaves the school: incidents that are alike, five at least in each row. No day, year group, pupil, text or id.</summary>
public sealed class LeavingLog(IncidentLog log)
{
    /// <summary>For whom it was made.</summary>
    public LogRecipient Recipient => log.Recipient;

    /// <summary>First day: of a month.</summary>
    public DateOnly From => log.From;

    /// <summary>Last day: of a month.</summary>
    public DateOnly To => log.To;

    /// <summary>Each incident that has been triaged is in one of them, or in a month that was not asked for.</summary>
    public IReadOnlyList<LeavingLogRow> Rows => [.. log.Rows.Select(r => new LeavingLogRow(r))];

    /// <summary>Academic years with incidents, but fewer than 5: none of them is told.</summary>
    public IReadOnlyList<TrendPeriod> LeftOut => log.LeftOut;
}

/// <summary>Incidents that are alike. What is null differs among them, or would say too much.</summary>
public sealed class LeavingLogRow(IncidentLogRow row)
{
    /// <summary>The month; or the academic year, for what is left of it beside the months told.</summary>
    public TrendPeriod Period => row.Period;

    /// <summary>Id of one of the policy's natures.</summary>
    public string? Nature => row.Nature;

    /// <summary>EYFS, KS1 to KS5; several; none: no pupil.</summary>
    public string? KeyStage => row.KeyStage;

    /// <summary>content, contact, conduct, commerce; several; none.</summary>
    public string? FourC => row.FourC;

    /// <summary>Closed, or still open.</summary>
    public bool? Closed => row.Closed;

    /// <summary>Referred to an agency.</summary>
    public bool? Referred => row.Referred;

    /// <summary>How many: 5 at least.</summary>
    public long Count => row.Count;
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class IncidentLogQueries
{
    /// <summary>
    /// The log of incidents to hand to somebody outside: for the DSL, the deputy and the headteacher, null for everybody else. That it was made, by
    /// whom, for whom and for which period stands in the access log of the school.
    /// </summary>
    /// <param name="from">In the first month.</param>
    /// <param name="to">In the last month.</param>
    /// <param name="recipient">Who will have it.</param>
    [Authorize]
    public async Task<LeavingLog?> GetIncidentLogAsync(DateOnly from, DateOnly to, LogRecipient recipient, Session session, IncidentLogReader logs, CancellationToken ct) =>
        await logs.ReadAsync(session.Asks().Reader, from, to, recipient, ct) is { } log ? new LeavingLog(Answers.Value(log)) : null;
}
