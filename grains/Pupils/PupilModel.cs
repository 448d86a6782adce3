using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Pupils;

/// <summary>
/// To the pupil's checks and incidents, and to their strategy when they leave: the pupil left or came back, or somebody else looks after the pupil now. To the checks also
/// when all devices are to be away, or no longer.
/// </summary>
internal sealed record PupilChanged
{
    public const string Message = "pupil.changed";
}

internal sealed class PupilModel : StreamModel<PupilState>
{
    public override string Kind => PupilKey.Kind;

    public override IReadOnlyList<ViewTable> Tables => [PupilTables.Pupil, PupilTables.Contacts, BanTables.Ban, TaskTables.Task, SchoolTables.Follower];

    public override IStreamGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<IPupilGrain>(key);

    public override IEnumerable<Row> Rows(StreamKey key, PupilState state)
    {
        if (state.Record is not { } pupil)
        {
            yield break;
        }

        yield return new Row(
            PupilTables.Pupil, pupil.Id.ToString(),
            [pupil.YearGroup, pupil.LeftOn is null ? 0L : 1L, pupil.KeyWorker?.ToString(), pupil.ClassTeacher?.ToString()], pupil);
        if (state.Contacts is not null)
        {
            yield return new Row(PupilTables.Contacts, pupil.Id.ToString(), [], ContactsOf(state));
        }

        foreach (var ban in state.Bans.All())
        {
            yield return RowOf(ban);
        }

        foreach (var row in LeaverDevices.Rows(key, state).Concat(LeaverMeasures.Rows(key, state)).Concat(SchoolFollowers.Of(key, LeaverDevices.Held(state) || LeaverMeasures.Waits(state))))
        {
            yield return row;
        }
    }

    /// <summary>What a pupil was banned from is asked years later: bans that the state forgets stay readable.</summary>
    public override IEnumerable<Row> Settled(StreamKey key, PupilState before, PupilState after) =>
        before.Bans.Ended.Where(b => after.Bans.Find(b.Id) is null).Select(RowOf);

    public override IEnumerable<DueRow> Due(PupilState state) => 
        state.Bans.Open.Select(b => new DueRow($"ban/{b.Id}", b.Until))
            .Concat(LeaverDevices.Held(state) && state.LeaverDevices?.Until is { } until ? [new DueRow(LeaverDevices.Due, until)] : [])
            .Concat(LeaverMeasures.Waits(state) && state.Ended?.Assigned?.Until is { } next ? [new DueRow(LeaverMeasures.Due, next)] : []);

    public override IEnumerable<Message> Reactions(StreamKey key, PupilState before, object @event, PupilState after, EventMeta meta)
    {
        var handedOver = before.Record is not null && (before.Record.KeyWorker, before.Record.ClassTeacher) != (after.Record?.KeyWorker, after.Record?.ClassTeacher);
        if (handedOver)
        {
            yield return new Message(Destinations.IncidentsOf(key), PupilChanged.Message, new PupilChanged());
        }

        if (@event is PupilLeft or PupilReturned || handedOver || before.Access.DevicesAway != after.Access.DevicesAway)
        {
            yield return new Message(Destinations.Stream(ChecksKey.Of(key.Tenant, new PupilId(key.Stream.Id))), PupilChanged.Message, new PupilChanged());
        }

        if (@event is PupilLeft)
        {
            yield return new Message(Destinations.Stream(StrategyKey.Of(key.Tenant, new PupilId(key.Stream.Id))), PupilChanged.Message, new PupilChanged());
        }

        if (@event is MeasuresAssigned { Lead: { } lead } && lead != before.Ended?.Assigned?.Lead)
        {
            yield return LeaverMeasures.Mail(key, lead, after);
        }

        if (@event is not BanSet ban)
        {
            yield break;
        }

        if (ban.Incident is { } incident)
        {
            yield return new Message(
                Destinations.Stream(new StreamKey(key.Tenant, new StreamId("incident", incident.Value))), StepFulfilled.Message,
                new StepFulfilled(StepKind.ConsiderBan, ban.Pupil, key.Stream, meta.Actor));
        }

        if (ban.EssentialOverride is { } essential && meta.Actor != Actor.Of(essential.DecidedBy))
        {
            yield return EssentialNotice.To(key, essential.DecidedBy, ban.Pupil);
        }
    }

    public override IEnumerable<Lookup> Lookups(object @event, PupilState after)
    {
        var (pupil, upn) = @event switch
        {
            PupilRegistered e => (e.Pupil, e.Upn),
            PupilUpdated e => (e.Pupil, e.After.Upn),
            _ => (default, null),
        };
        return upn is null ? [] : [new Lookup(PupilTables.UpnLookup, upn, pupil.ToString(), KeyOwner.Of(pupil))];
    }

    private static Row RowOf(Ban ban) => new(BanTables.Ban, ban.Id.ToString(), [ban.Pupil.ToString(), ban.End is null ? 0L : 1L, Microseconds.ToUnix(ban.Until)], ban);

    public static ContactsRow ContactsOf(PupilState state) => new(state.Record!.Id, state.Contacts, state.ContactsVersion);

    internal sealed record ContactsRow(PupilId Id, Personal<IReadOnlyList<PupilContact>>? Contacts, int Version);
}

/// <summary>To the head whose decision about an essential device somebody else recorded: so a decision never made comes to light.</summary>
internal static class EssentialNotice
{
    /// <param name="pupil">Whose device or ban it is: their page shows both.</param>
    public static Message To(StreamKey key, PersonId head, PupilId? pupil) =>
        new(Destinations.Mail(key.Tenant, head), Notice.Message, new Notice(NoticeKind.EssentialDeviceDecision, pupil is { } known ? $"/pupils/{known}" : "/pupils", null, null));
}
