using System.CommandLine;
using OnlineSafetyTrust.Chaos;
using OnlineSafetyTrust.Chaos.Stores;

var rounds = new Option<int>("--rounds") { Description = "Kills per database", DefaultValueFactory = _ => 20 };
var database = new Option<string>("--database") { Description = "sqlite, postgres or both", DefaultValueFactory = _ => "both" };
database.AcceptOnlyFromAmong("sqlite", "postgres", "both");
var seed = new Option<int>("--seed") { Description = "Repeats the commands and instants of an earlier run", DefaultValueFactory = _ => Random.Shared.Next(1, 1_000_000) };
var verifyEvery = new Option<int>("--verify-every") { Description = "Rounds between two runs of verify; a store of 200,000 events takes its time", DefaultValueFactory = _ => 1 };
var root = new RootCommand("kill -9 under load: what was acknowledged must be there, once") { rounds, database, seed, verifyEvery };
root.SetAction(async (parsed, ct) =>
{
    Database[] chosen = parsed.GetValue(database) switch { "sqlite" => [Database.Sqlite], "postgres" => [Database.PostgreSql], _ => [Database.Sqlite, Database.PostgreSql] };
    foreach (var each in chosen)
    {
        if (!await Show.RunAsync(new ChaosPlan(each, parsed.GetValue(rounds), parsed.GetValue(seed), VerifyEvery: parsed.GetValue(verifyEvery)), ct))
        {
            return 1;
        }
    }

    return 0;
});
return await root.Parse(args).InvokeAsync();
