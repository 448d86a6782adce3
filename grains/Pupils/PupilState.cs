using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Pupils;

/// <summary>The record itself, as in its row.</summary>
internal sealed record PupilRecord(
    PupilId Id, Personal<string> Name, Personal<DateOnly> DateOfBirth, Personal<string>? Upn, string YearGroup, Personal<string>? ClassName, Phase Phase, bool Sen,
    PersonId? KeyWorker, PersonId? ClassTeacher, Personal<string>? SourceId, Personal<string>? OffSiteProvider, Personal<IReadOnlyList<PupilIdentifier>>? Identifiers, DateOnly? LeftOn)
{
    public PupilRecord Apply(PupilChange before, PupilChange after) => this with
    {
        Name = after.Name ?? Name,
        DateOfBirth = after.DateOfBirth ?? DateOfBirth,
        Upn = After(before.Upn, after.Upn, Upn),
        YearGroup = after.YearGroup ?? YearGroup,
        ClassName = After(before.ClassName, after.ClassName, ClassName),
        Phase = after.Phase ?? Phase,
        Sen = after.Sen ?? Sen,
        KeyWorker = After(before.KeyWorker, after.KeyWorker, KeyWorker),
        ClassTeacher = After(before.ClassTeacher, after.ClassTeacher, ClassTeacher),
        SourceId = After(before.SourceId, after.SourceId, SourceId),
        OffSiteProvider = After(before.OffSiteProvider, after.OffSiteProvider, OffSiteProvider),
        Identifiers = After(before.Identifiers, after.Identifiers, Identifiers),
    };

    private static T? After<T>(T? before, T? after, T? now) => after ?? (before is null ? now : default);
}

internal sealed record PupilState(PupilRecord? Record, Personal<IReadOnlyList<PupilContact>>? Contacts, BanState Bans, AccessState Access, LeaverDevicesAssigned? LeaverDevices = null,
    int ContactsVersion = 0, EndedMeasures? Ended = null) : IState<PupilState>
{
    public static PupilState Empty { get; } = new(null, null, BanState.Empty, AccessState.Empty);

    public PupilState Apply(object @event, EventMeta meta) => @event switch
    {
        PupilRegistered e => this with
        {
            Record = new PupilRecord(
                e.Pupil, e.Name, e.DateOfBirth, e.Upn, e.YearGroup, e.ClassName, e.Phase, e.Sen, e.KeyWorker, e.ClassTeacher, e.SourceId, e.OffSiteProvider, e.Identifiers, null),
        },
        PupilUpdated e => this with { Record = Record?.Apply(e.Before, e.After) },
        ContactsSet e => this with { Contacts = e.Contacts, ContactsVersion = ContactsVersion + 1 },
        PupilLeft e => this with { Record = Record is null ? null : Record with { LeftOn = e.LastDay }, Ended = Ended?.Left(e.LastDay) },
        LeaverDevicesAssigned e => this with { LeaverDevices = e },
        MeasuresEnded e => this with { Ended = EndedMeasures.Add(Ended, e.What, Record?.LeftOn, London.DateOf(meta.At)) },
        MeasuresAssigned e => this with { Ended = Ended is null ? null : Ended with { Assigned = e } },
        MeasuresSettled => this with { Ended = Ended is { Returned: false } ? Ended with { Settled = true } : null },
        PupilReturned e => this with { Record = Record is null ? null : Record with { LeftOn = null }, Ended = Ended?.Back(e.FirstDay) },
        _ => this with { Bans = Bans.Apply(@event, meta), Access = Access.Apply(@event) },
    };
}
