using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>Requests made to cost more than they weigh, each refused by the running gateway, beside an ordinary page of incidents.</summary>
internal static class Attacks
{
    private const int Times = 25;
    private const double Longest = 50;

    public static async Task RunAsync(Settings settings)
    {
        Table.Title($"Attacks refused by the gateway, signed in, one at a time, {Times} times each");
        using var store = StoreUnderTest.Create(Database.Sqlite);
        using var mails = new MailSink();
        var ground = await Founding.FoundAsync(store, settings.Pupils);
        using var gateway = await GatewayProcess.StartAsync(store, GatewayProcess.FreePort(), mails.Settings);
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ground.TokenOf(Role.Dsl));
        var page = AttackCorpus.Query("{ incidents(first: 20) { nodes { id what people { pupil { name } } } } }");
        await AskAsync(client, page, 200, settings.Short ? 200 : 2_000);
        Table.Line("an ordinary page of incidents", Text(await AskAsync(client, page, 200, Times)));
        var slowest = 0.0;
        foreach (var (what, body) in AttackCorpus.Bodies)
        {
            var took = await AskAsync(client, body, 400, Times);
            slowest = Math.Max(slowest, took.Median);
            Table.Line($"{what} ({Encoding.UTF8.GetByteCount(body):N0} bytes)", Text(took));
        }

        Table.Verdict($"the slowest is refused in {slowest:0.0} ms (at most {Longest} ms)", slowest <= Longest);
        Table.Line("an ordinary page afterwards", Text(await AskAsync(client, page, 200, Times)));
    }

    private static string Text((double Median, double Highest) took) => $"{took.Median:0.00} ms, highest {took.Highest:0.0} ms";

    /// <summary>Milliseconds until the whole answer is there, which has the status or, for a body that is too large, 413.</summary>
    private static async Task<(double Median, double Highest)> AskAsync(HttpClient client, string body, int status, int times)
    {
        var took = new double[times];
        for (var i = 0; i < times; i++)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            var started = Stopwatch.GetTimestamp();
            using var response = await client.PostAsync("/graphql", content);
            await response.Content.ReadAsByteArrayAsync();
            took[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if ((int)response.StatusCode != status && (status == 200 || (int)response.StatusCode != 413))
            {
                throw new InvalidOperationException($"{(int)response.StatusCode} for {body[..Math.Min(body.Length, 200)]}");
            }
        }

        Array.Sort(took);
        return (took[times / 2], took[^1]);
    }
}
