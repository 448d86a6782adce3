using System.Globalization;
using OnlineSafetyTrust.Bench;
using OnlineSafetyTrust.Bench.Sections;

var sections = new Dictionary<string, Func<Settings, Task>>(StringComparer.Ordinal)
{
    ["report"] = ReportIncident.RunAsync,
    ["access"] = AccessDecision.RunAsync,
    ["cold"] = ColdActivation.RunAsync,
    ["idle"] = IdleStore.RunAsync,
    ["checks"] = ChecksDue.RunAsync,
    ["large"] = LargeRoll.RunAsync,
    ["attacks"] = Attacks.RunAsync,
    ["graphql-memory"] = GraphQLServers.RunAsync,
    ["graphql-database"] = IncidentPages.RunAsync,
    ["graphql-sockets"] = Sockets.RunAsync,
};
var sockets = args.FirstOrDefault(a => a.StartsWith("--sockets=", StringComparison.Ordinal)) is { } asked ? int.Parse(asked["--sockets=".Length..], CultureInfo.InvariantCulture) : (int?)null;
var names = args.Where(a => !a.StartsWith('-')).ToArray();
if (names.FirstOrDefault(n => !sections.Keys.Any(s => Means(n, s))) is { } unknown)
{
    Console.Error.WriteLine($"There is no bench '{unknown}'. There are: {string.Join(", ", sections.Keys)}, grains. --short makes windows short; --sockets=N opens N.");
    return 2;
}

var brief = args.Contains("--short");
var settings = new Settings(TimeSpan.FromSeconds(brief ? 2 : 5), brief ? 3 : 5, brief, sockets);
Console.WriteLine($"{Environment.ProcessorCount} cores, load {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC{(brief ? ", short windows" : "")}");
foreach (var (name, run) in sections)
{
    if (names.Length == 0 || names.Any(n => Means(n, name)))
    {
        await run(settings);
    }
}

return 0;

// "graphql" means all that begin so.
static bool Means(string name, string section) => section == name || section.StartsWith(name + "-", StringComparison.Ordinal);
