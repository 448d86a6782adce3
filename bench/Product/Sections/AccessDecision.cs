using OnlineSafetyTrust.Bench.Measuring;
using OnlineSafetyTrust.Chaos.Checking;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>D5: may this pupil use this now? Through GraphQL, as a filter or a member of staff asks; of pupils under nothing, under a ban, and under a strategy with its times.</summary>
internal static class AccessDecision
{
    private const string Question = "query($pupil: ID!) { technologyAccess(pupilId: $pupil, use: \"internet\") { decision until } }";
    private const string Ban = "mutation($input: BanTechnologyInput!) { banTechnology(input: $input) { errors { code message } } }";
    private const string Draft = "mutation($input: DraftStrategyInput!) { draftStrategy(input: $input) { errors { code message } } }";
    private const double MostMilliseconds = 10;

    public static async Task RunAsync(Settings settings)
    {
        Table.Title("technologyAccess through GraphQL");
        foreach (var database in (Database[])[Database.Sqlite, Database.PostgreSql])
        {
            using var store = StoreUnderTest.Create(database);
            var ground = await Founding.FoundAsync(store, settings.Pupils);
            using var gateway = await GatewayProcess.StartAsync(store, GatewayProcess.FreePort());
            using var api = new Api(gateway.Address);
            await SetAsync(api, ground);
            await Quiet.UntilDrainedAsync(store, TimeSpan.FromMinutes(1));
            var random = new Random(1);
            await Window.RunAsync(4, settings.Window, () => TimeSpan.Zero, _ => AskAsync(api, ground, random));
            foreach (var clients in (int[])[1, 8])
            {
                var windows = new Contender();
                for (var turn = 0; turn < settings.Turns; turn++)
                {
                    windows.Add(await Window.RunAsync(clients, settings.Window, () => gateway.Processor, _ => AskAsync(api, ground, random)));
                }

                Table.Row($"{database}, {clients} clients", windows);
                Table.Verdict($"median under {MostMilliseconds:0} ms", windows.Median < MostMilliseconds);
            }
        }
    }

    /// <summary>Of every three pupils the second is banned from the internet, the third under interim terms that ask for somebody beside them.</summary>
    private static async Task SetAsync(Api api, Ground ground)
    {
        var now = await api.ClockAsync();
        await Parallel.ForEachAsync(ground.Pupils.Index().Where(p => p.Index % 3 != 0), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (one, ct) =>
        {
            var pupilId = Repertoire.Global("Pupil", one.Item.Value);
            var terms = new { supervision = "SUPERVISED", times = new[] { new { days = Enum.GetNames<DayOfWeek>().Select(d => d.ToUpperInvariant()), from = "00:00:00", to = "23:59:59" } } };
            var (query, input) = one.Index % 3 == 1
                ? (Ban, (object)new { pupilId, scope = "INTERNET", until = now.AddDays(30), reason = "Agreed", enforcedBy = "ACCOUNT" })
                : (Draft, new
                {
                    pupilId, terms, interim = terms, parties = new[] { new { kind = "SCHOOL" }, new { kind = "PARENTAL_RESPONSIBILITY" } },
                    reviewOn = DateOnly.FromDateTime(now.AddDays(30).Date), owner = Repertoire.Global("Person", ground.Staff[Role.Dsl][0].Value),
                });
            var answer = await api.QueryAsync(ground.TokenOf(Role.Dsl), query, new { input }, ct);
            if (!answer.ToString().Contains("\"errors\":[]", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"Not set: {answer}");
            }
        });
    }

    private static async Task AskAsync(Api api, Ground ground, Random random)
    {
        int at;
        lock (random)
        {
            at = random.Next(ground.Pupils.Count);
        }

        var body = await api.QueryAsync(ground.TokenOf(Role.ClassTeacher), Question, new { pupil = Repertoire.Global("Pupil", ground.Pupils[at].Value) });
        var expected = (at % 3) switch { 0 => "ALLOW", 1 => "DENY", _ => "ALLOW_SUPERVISED" };
        if (body.GetProperty("data").GetProperty("technologyAccess").GetProperty("decision").GetString() != expected)
        {
            throw new InvalidOperationException($"Not {expected}: {body}");
        }
    }
}
