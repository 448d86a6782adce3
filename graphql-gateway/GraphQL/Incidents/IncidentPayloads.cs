using System.Runtime.CompilerServices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>The answer to a mutation of an incident.</summary>
/// <param name="Incident">As it is now; null with errors, for an approver who does not see the record, and for whoever handed it to the DSL.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record IncidentPayload(Incident? Incident, IReadOnlyList<IUserError> Errors);

/// <summary>The answer to a report: a receipt, never the record.</summary>
/// <param name="Receipt">What the reporter may know.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record ReportIncidentPayload(Receipt? Receipt, IReadOnlyList<IUserError> Errors)
{
    /// <summary>Not in the read audit: it tells nothing but what the caller just wrote, and the event says that they did.</summary>
    internal static ReportIncidentPayload Of(Result<IncidentReceipt> result) => new(result.Ok ? new Receipt(result.Value) : null, UserErrors.Of(result.Errors));
}

/// <summary>The answer to a mutation of a step.</summary>
/// <param name="Step">The step alone: its owner learns nothing of the incident.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record StepPayload(StepRecord? Step, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<StepReply>, StepPayload> For(Session session) =>
        result => new(result.Ok ? new StepRecord(IncidentReader.Show(session.Reader, result.Value.Incident, result.Value)) : null, UserErrors.Of(result.Errors));
}

/// <summary>The answer to recording a referral.</summary>
/// <param name="Referral">The referral, as recorded.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record RecordReferralPayload(ReferralRecord? Referral, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<ReferralReply>, RecordReferralPayload> For(Session session) =>
        result => new(result.Ok ? new ReferralRecord(IncidentReader.Show(session.Reader, result.Value.Incident, result.Value)) : null, UserErrors.Of(result.Errors));
}

/// <summary>The answer to completing an agreed change.</summary>
/// <param name="Change">The change, as recorded.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record CompleteChangePayload(ChangeRecord? Change, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<ChangeReply>, CompleteChangePayload> For(Session session) =>
        result => new(result.Ok ? new ChangeRecord(IncidentReader.Show(session.Reader, result.Value.Incident, result.Value)) : null, UserErrors.Of(result.Errors));
}

/// <summary>The answer to a mutation that changes nothing the caller may read.</summary>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record DonePayload(IReadOnlyList<IUserError> Errors)
{
    internal static DonePayload Of(Result<Done> result) => new(UserErrors.Of(result.Errors));
}

/// <summary>A step as its owner sees it.</summary>
public sealed class StepRecord(StepReply reply)
{
    /// <summary>The incident.</summary>
    [ID(nameof(Incident))]
    public string IncidentId => reply.Incident.ToString();

    /// <summary>Its number within the record.</summary>
    public int Number => reply.Number;

    /// <summary>What kind it is.</summary>
    public StepKind Kind => reply.Kind;

    /// <summary>The policy's own words.</summary>
    public string Text => reply.Text;

    /// <summary>How far it is.</summary>
    public StepStatus Status => reply.Status;

    /// <summary>By when it is to be done.</summary>
    public DateTimeOffset? DueAt => reply.DueAt;

    /// <summary>What was answered.</summary>
    public bool? Answer => reply.Answer;

    /// <summary>When it was really done.</summary>
    public DateTimeOffset? DoneAt => reply.DoneAt;

    /// <summary>Who is to do it.</summary>
    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(reply.Owner, ct);
}

/// <summary>A referral as whoever records it sees it.</summary>
public sealed class ReferralRecord(ReferralReply reply)
{
    /// <summary>The incident.</summary>
    [ID(nameof(Incident))]
    public string IncidentId => reply.Incident.ToString();

    /// <summary>Its number within the record.</summary>
    public int Number => reply.Number;

    /// <summary>Which agency.</summary>
    public Agency Agency => reply.Agency;

    /// <summary>What was decided.</summary>
    public ReferralDecision Decision => reply.Decision;

    /// <summary>The reference given.</summary>
    [Personal]
    public string? Reference => reply.Reference;

    /// <summary>Day to ask again.</summary>
    public DateOnly? ChaseOn => reply.ChaseOn;

    /// <summary>The plan's step it fulfils.</summary>
    public int? Step => reply.Step;
}

/// <summary>A change agreed in a debrief as its owner sees it.</summary>
public sealed class ChangeRecord(ChangeReply reply)
{
    /// <summary>The incident.</summary>
    [ID(nameof(Incident))]
    public string IncidentId => reply.Incident.ToString();

    /// <summary>Its number within the record.</summary>
    public int Number => reply.Number;

    /// <summary>What changes.</summary>
    [Personal]
    public string? What => reply.What;

    /// <summary>Day by which it is to be done.</summary>
    public DateOnly DueOn => reply.DueOn;

    /// <summary>When it was done.</summary>
    public DateTimeOffset? DoneAt => reply.DoneAt;

    /// <summary>Who is to do it.</summary>
    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(reply.Owner, ct);
}

/// <summary>Commands whose reply is the whole record, shown as far as the caller may see it.</summary>
public sealed class IncidentCommands(Session session, IGrainFactory grains, IncidentReader incidents, References references)
{
    internal async Task<IncidentPayload> RunAsync(ICommandInput input, string id, Func<IIncidentGrain, Task<Result<IncidentView>>> command, IEnumerable<Reference>? named = null, [CallerMemberName] string resolver = "")
    {
        var result = await session.RunAsync(references, input, named ?? [], () => command(grains.Incident(session, id)), r => r, resolver);
        var shown = result.Ok ? await incidents.ShowAsync(session.Reader, result.Value, CancellationToken.None) : null;
        return new IncidentPayload(shown is null ? null : new Incident(shown), UserErrors.Of(result.Errors));
    }
}
