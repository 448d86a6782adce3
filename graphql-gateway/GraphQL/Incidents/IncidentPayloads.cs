using System.Runtime.CompilerServices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <param name="Incident">As it is now; null with errors, and for an approver who does not see the record.</param>
public sealed record IncidentPayload(Incident? Incident, IReadOnlyList<IUserError> Errors);

/// <param name="Receipt">What the reporter may know.</param>
public sealed record ReportIncidentPayload(Receipt? Receipt, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<IncidentReceipt>, ReportIncidentPayload> For(Session session) =>
        result => new(result.Ok ? new Receipt(IncidentReader.Show(session.Reader, result.Value)) : null, UserErrors.Of(result.Errors));
}

/// <param name="Step">The step alone: its owner learns nothing of the incident.</param>
public sealed record StepPayload(StepRecord? Step, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<StepReply>, StepPayload> For(Session session) =>
        result => new(result.Ok ? new StepRecord(IncidentReader.Show(session.Reader, result.Value.Incident, result.Value)) : null, UserErrors.Of(result.Errors));
}

public sealed record RecordReferralPayload(ReferralRecord? Referral, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<ReferralReply>, RecordReferralPayload> For(Session session) =>
        result => new(result.Ok ? new ReferralRecord(IncidentReader.Show(session.Reader, result.Value.Incident, result.Value)) : null, UserErrors.Of(result.Errors));
}

public sealed record CompleteChangePayload(ChangeRecord? Change, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<ChangeReply>, CompleteChangePayload> For(Session session) =>
        result => new(result.Ok ? new ChangeRecord(IncidentReader.Show(session.Reader, result.Value.Incident, result.Value)) : null, UserErrors.Of(result.Errors));
}

public sealed record DonePayload(IReadOnlyList<IUserError> Errors)
{
    internal static DonePayload Of(Result<Done> result) => new(UserErrors.Of(result.Errors));
}

/// <summary>A step as its owner sees it.</summary>
public sealed class StepRecord(StepReply reply)
{
    [ID(nameof(Incident))]
    public string IncidentId => reply.Incident.ToString();

    public int Number => reply.Number;

    public StepKind Kind => reply.Kind;

    public string Text => reply.Text;

    public StepStatus Status => reply.Status;

    public DateTimeOffset? DueAt => reply.DueAt;

    public bool? Answer => reply.Answer;

    public DateTimeOffset? DoneAt => reply.DoneAt;

    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(reply.Owner, ct);
}

/// <summary>A referral as whoever records it sees it.</summary>
public sealed class ReferralRecord(ReferralReply reply)
{
    [ID(nameof(Incident))]
    public string IncidentId => reply.Incident.ToString();

    public int Number => reply.Number;

    public Agency Agency => reply.Agency;

    public ReferralDecision Decision => reply.Decision;

    [Personal]
    public string? Reference => reply.Reference;

    public DateOnly? ChaseOn => reply.ChaseOn;

    /// <summary>The plan's step it fulfils.</summary>
    public int? Step => reply.Step;
}

/// <summary>A change agreed in a debrief as its owner sees it.</summary>
public sealed class ChangeRecord(ChangeReply reply)
{
    [ID(nameof(Incident))]
    public string IncidentId => reply.Incident.ToString();

    public int Number => reply.Number;

    [Personal]
    public string? What => reply.What;

    public DateOnly DueOn => reply.DueOn;

    public DateTimeOffset? DoneAt => reply.DoneAt;

    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(reply.Owner, ct);
}

/// <summary>Commands whose reply is the whole record, shown as far as the caller may see it.</summary>
public sealed class IncidentCommands(Session session, IGrainFactory grains, IncidentReader incidents, References references)
{
    internal async Task<IncidentPayload> RunAsync(string id, Func<IIncidentGrain, Task<Result<IncidentView>>> command, IEnumerable<Reference>? named = null, [CallerMemberName] string resolver = "")
    {
        var result = await session.RunAsync(references, named ?? [], () => command(grains.Incident(session, id)), r => r, resolver);
        var shown = result.Ok ? await incidents.ShowAsync(session.Reader, result.Value, CancellationToken.None) : null;
        return new IncidentPayload(shown is null ? null : new Incident(shown), UserErrors.Of(result.Errors));
    }
}
