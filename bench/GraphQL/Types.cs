#pragma warning disable CA1822 // Resolvers are instance methods, as the schema builders of both stacks expect them.
namespace OnlineSafetyTrust.Bench.GraphQL;

internal enum Nature { Unknowing, Knowing, Bullying }

internal sealed record Incident(string Id, string Title, Nature Nature, string HappenedOn, [property: GraphQLIgnore] int[] PupilNumbers);

internal sealed record Pupil(string Id, string Name, int YearGroup);

internal static class Data
{
    public static readonly Pupil[] Pupils = [.. Enumerable.Range(0, 200).Select(i => new Pupil($"pupil-{i}", $"Pupil {i} Example", 7 + (i % 5)))];

    public static readonly Incident[] Incidents =
        [.. Enumerable.Range(0, 1000).Select(i => new Incident($"incident-{i}", $"A game with open chat, number {i}", (Nature)(i % 3), $"2026-11-{1 + (i % 28):00}", [i * 7 % 200, ((i * 13) + 1) % 200]))];
}

[ExtendObjectType(OperationTypeNames.Query)]
internal sealed class Queries
{
    public string GetVersion() => "1.0";

    public IReadOnlyList<Incident> GetIncidents(int first) => new ArraySegment<Incident>(Data.Incidents, 0, first);
}

[ExtendObjectType<Incident>]
internal sealed class IncidentFields
{
    public async Task<IReadOnlyList<Pupil>> GetPupilsAsync([Parent] Incident incident, PupilByNumber pupils, CancellationToken ct) =>
        (await pupils.LoadAsync(incident.PupilNumbers, ct))!;
}

internal sealed class PupilByNumber(IBatchScheduler scheduler, DataLoaderOptions options) : BatchDataLoader<int, Pupil>(scheduler, options)
{
    protected override Task<IReadOnlyDictionary<int, Pupil>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<int, Pupil>>(keys.ToDictionary(k => k, k => Data.Pupils[k]));
}
