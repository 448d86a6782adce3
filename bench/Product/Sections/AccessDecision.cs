using OnlineSafetyTrust.Bench.Measuring;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>D5: may this pupil use this now? Through GraphQL, as a filter or a member of staff asks.</summary>
internal static class AccessDecision
{
    private const string Question = "query($pupil: ID!) { technologyAccess(pupilId: $pupil, use: \"internet\") { decision until } }";

    public static async Task RunAsync(Settings settings)
    {
        Table.Title("technologyAccess through GraphQL");
        using var store = StoreUnderTest.Create(Database.Sqlite);
        var ground = await Founding.FoundAsync(store, settings.Pupils);
        using var gateway = await GatewayProcess.StartAsync(store, GatewayProcess.FreePort());
        using var api = new Api(gateway.Address);
        var random = new Random(1);
        await Window.RunAsync(4, settings.Window, () => TimeSpan.Zero, _ => AskAsync(api, ground, random));
        foreach (var clients in (int[])[1, 8])
        {
            var windows = new Contender();
            for (var turn = 0; turn < settings.Turns; turn++)
            {
                windows.Add(await Window.RunAsync(clients, settings.Window, () => gateway.Processor, _ => AskAsync(api, ground, random)));
            }

            Table.Row($"{clients} clients", windows);
        }
    }

    private static async Task AskAsync(Api api, Ground ground, Random random)
    {
        PupilId pupil;
        lock (random)
        {
            pupil = ground.Pupils[random.Next(ground.Pupils.Count)];
        }

        var body = await api.QueryAsync(ground.TokenOf(Role.ClassTeacher), Question, new { pupil = Repertoire.Global("Pupil", pupil.Value) });
        if (body.GetProperty("data").GetProperty("technologyAccess").GetProperty("decision").GetString() is not ("ALLOW" or "ALLOW_SUPERVISED" or "DENY"))
        {
            throw new InvalidOperationException($"No decision: {body}");
        }
    }
}
