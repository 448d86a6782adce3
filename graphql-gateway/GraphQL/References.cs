using System.Globalization;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL;

/// <summary>A record that an input names besides the one it changes.</summary>
/// <param name="Field">Place in the input, dots for nesting: <c>devices.0</c>.</param>
/// <param name="What">Incident, device or pupil.</param>
internal sealed record Reference(string Field, string What, Guid Id)
{
    public static IEnumerable<Reference> Incident(string field, string? id) => id is null ? [] : [new(field, "incident", Ids.Of<IncidentId>(id).Value)];

    public static IEnumerable<Reference> Incidents(string field, IReadOnlyList<string>? ids) => (ids ?? []).SelectMany((id, i) => Incident(Place(field, i), id));

    public static IEnumerable<Reference> Devices(string field, IReadOnlyList<string>? ids) =>
        (ids ?? []).Select((id, i) => new Reference(Place(field, i), "device", Ids.Of<DeviceId>(id).Value));

    public static IEnumerable<Reference> Pupil(string field, string? id) => id is null ? [] : [new(field, "pupil", Ids.Of<PupilId>(id).Value)];

    private static string Place(string field, int i) => string.Create(CultureInfo.InvariantCulture, $"{field}.{i}");
}

/// <summary>
/// Finds out which named records do not exist for the person who names them. Another school's is not there; nor is one of the own
/// school that the person may not know of. A grain cannot tell: it sees its own stream only.
/// </summary>
public sealed class References(IncidentReader incidents, DeviceReader devices, PupilReader pupils, IJournal journal)
{
    private const int Most = 100;

    /// <summary>None for a command that was done already.</summary>
    internal async Task<IReadOnlyList<DomainError>> MissingAsync(CommandContext context, Reader who, IReadOnlyList<Reference> named)
    {
        if (named.Count > Most)
        {
            return [TooMany(named[Most].Field)];
        }

        var known = new HashSet<Guid>();
        known.UnionWith((await incidents.NameableAsync(who, [.. Of(named, "incident").Select(IncidentId.Of)], CancellationToken.None)).Select(i => i.Value));
        known.UnionWith((await devices.NameableAsync(who, [.. Of(named, "device").Select(DeviceId.Of)], CancellationToken.None)).Select(d => d.Value));
        known.UnionWith((await pupils.DimensionsAsync(who, [.. Of(named, "pupil").Select(PupilId.Of)], CancellationToken.None)).Keys.Select(p => p.Value));
        DomainError[] missing = [.. named.Where(r => !known.Contains(r.Id)).Select(r => DomainError.NotFound(r.What) with { Fields = [r.Field] })];
        return missing.Length > 0 && await EarlierAsync(context) is not null ? [] : missing;
    }

    private static DomainError TooMany(string field) =>
        DomainError.Invalid("TOO_MANY", string.Create(CultureInfo.InvariantCulture, $"More than {Most} records are named at once. Name fewer, in several commands where it must be."), field);

    internal ValueTask<CommandTrace?> EarlierAsync(CommandContext context) => journal.FindEarlierAsync(context);

    /// <summary>
    /// Each pupil's dimensions today; the errors name those who do not exist. Of a command that was done already those who still exist.
    /// </summary>
    internal async Task<Result<IReadOnlyList<PupilInvolved>>> InvolvedAsync(CommandContext context, Reader who, string field, IReadOnlyList<(PupilId Pupil, PupilPart Part)> people)
    {
        if (people.Count > Most)
        {
            return TooMany(string.Create(CultureInfo.InvariantCulture, $"{field}.{Most}"));
        }

        var known = await pupils.DimensionsAsync(who, [.. people.Select(p => p.Pupil)], CancellationToken.None);
        var missing = people
            .Select((p, i) => (p.Pupil, Field: string.Create(CultureInfo.InvariantCulture, $"{field}.{i}.pupilId")))
            .Where(p => !known.ContainsKey(p.Pupil))
            .Select(p => DomainError.NotFound("pupil") with { Fields = [p.Field] })
            .ToArray();
        return missing.Length > 0 && await EarlierAsync(context) is null
            ? Result<IReadOnlyList<PupilInvolved>>.Failed(missing)
            : new Result<IReadOnlyList<PupilInvolved>>([.. people.Where(p => known.ContainsKey(p.Pupil)).Select(p => new PupilInvolved(p.Pupil, p.Part, known[p.Pupil]))], []);
    }

    private static IEnumerable<Guid> Of(IReadOnlyList<Reference> named, string what) => named.Where(r => r.What == what).Select(r => r.Id);
}
