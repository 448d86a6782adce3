using System.Text.Json;
using Npgsql;
using OnlineSafetyTrust.Bench.Measuring;
using OnlineSafetyTrust.Chaos.Checking;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>A page of incidents with their pupils from PostgreSQL: the product with tenancy, decryption and durable read audit, against Mercurius doing the two plain queries.</summary>
internal static class IncidentPages
{
    private const int Connections = 8;
    private const int Incidents = 100;

    private static readonly string Page = Query(20);

    public static async Task RunAsync(Settings settings)
    {
        Table.Title($"incidents(first: 20) with pupils from PostgreSQL, {Connections} connections");
        using var store = StoreUnderTest.Create(Database.PostgreSql);
        using var mails = new MailSink();
        var ground = await Founding.FoundAsync(store, settings.Pupils);
        using var gateway = await GatewayProcess.StartAsync(store, GatewayProcess.FreePort(), mails.Settings);
        var token = ground.TokenOf(Role.Dsl);
        using var mercurius = await ChildServer.NodeAsync("incidents.mjs", await FillAsync(store, gateway, ground, token));
        (string Name, int Port, string? Token, Func<TimeSpan> Processor)[] all =
        [
            ("product", new Uri(gateway.Address).Port, token, () => gateway.Processor + ProcessorTime.Of(store.Server!)),
            ("Mercurius, two plain queries", mercurius.Port, null, () => mercurius.Processor + ProcessorTime.Of(store.Server!)),
        ];
        await Quiet.UntilDrainedAsync(store, TimeSpan.FromMinutes(2));
        var (contenders, bodies) = (all.Select(_ => new Contender()).ToArray(), new byte[all.Length][]);
        var clients = all.Select(s => Enumerable.Range(0, Connections).Select(_ => new RawClient(s.Port, Page, s.Token)).ToArray()).ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            await clients[i][0].PostAsync();
            bodies[i] = clients[i][0].Body.ToArray();
            var (mine, body) = (clients[i], bodies[i]);
            await Window.WarmUpAsync(Connections, settings.Short ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(60), c => mine[c].PostAsync(body));
        }

        if (!bodies[0].AsSpan().SequenceEqual(bodies[1]))
        {
            throw new InvalidOperationException($"The two answer differently:\n{System.Text.Encoding.UTF8.GetString(bodies[0])}\n{System.Text.Encoding.UTF8.GetString(bodies[1])}");
        }

        for (var turn = 0; turn < settings.Turns; turn++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                var (mine, body) = (clients[i], bodies[i]);
                contenders[i].Add(await Window.RunAsync(Connections, settings.Window, all[i].Processor, c => mine[c].PostAsync(body)));
            }
        }

        for (var i = 0; i < all.Length; i++)
        {
            Table.Row(all[i].Name, contenders[i]);
        }

        var ratio = contenders[0].PerSecond / contenders[1].PerSecond;
        Table.Verdict($"{ratio:0.00} times Mercurius (at least 1)", ratio >= 1);
        foreach (var client in clients.SelectMany(c => c))
        {
            client.Dispose();
        }
    }

    /// <summary>Reports incidents and copies what the product answers into two plain tables of another database.</summary>
    private static async Task<string> FillAsync(StoreUnderTest store, GatewayProcess gateway, Ground ground, string token)
    {
        using var api = new Api(gateway.Address);
        var repertoire = new Repertoire(ground, 1);
        for (var i = 0; i < Incidents; i++)
        {
            await api.SendAsync(repertoire.Make("reportIncident"));
        }

        var database = store.Server!.CreateDatabase();
        await using var connection = new NpgsqlConnection(store.Server.Superuser(database));
        await connection.OpenAsync();
        await ExecuteAsync(connection, """
            CREATE TABLE incident (id text PRIMARY KEY, status text NOT NULL, reported_at text NOT NULL, happened_at text NOT NULL, what text NOT NULL, pupil text NOT NULL);
            CREATE INDEX ON incident (reported_at DESC, id DESC);
            CREATE TABLE pupil (id text PRIMARY KEY, name text NOT NULL, year_group text NOT NULL)
            """);
        foreach (var incident in (await api.QueryAsync(token, Query(Incidents))).GetProperty("data").GetProperty("incidents").GetProperty("nodes").EnumerateArray())
        {
            var pupil = incident.GetProperty("people")[0].GetProperty("pupil");
            await ExecuteAsync(connection, "INSERT INTO pupil VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", Texts(pupil, "id", "name", "yearGroup"));
            await ExecuteAsync(connection, "INSERT INTO incident VALUES ($1, $2, $3, $4, $5, $6)", [.. Texts(incident, "id", "status", "reportedAt", "happenedAt", "what"), pupil.GetProperty("id").GetString()!]);
        }

        await ExecuteAsync(connection, "ANALYZE");
        return $"postgres://postgres@127.0.0.1:{store.Server.Port}/{database}";
    }

    private static string[] Texts(JsonElement of, params ReadOnlySpan<string> names)
    {
        var texts = new string[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            texts[i] = of.GetProperty(names[i]).GetString()!;
        }

        return texts;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params string[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }

    private static string Query(int first) => $$"""{ incidents(first: {{first}}) { nodes { id status reportedAt happenedAt what people { pupil { id name yearGroup } } } } }""";
}
