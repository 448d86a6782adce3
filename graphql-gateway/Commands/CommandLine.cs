using System.CommandLine;
using OnlineSafetyTrust.Gateway.Hosting;

namespace OnlineSafetyTrust.Gateway.Commands;

/// <summary>What <c>./dev</c> passes on.</summary>
internal static class CommandLine
{
    internal static readonly Option<string> Data = new("--data")
    {
        Description = "Directory of database, keys and files",
        DefaultValueFactory = _ => "data",
        Recursive = true,
    };

    public static RootCommand Create()
    {
        var root = new RootCommand("OnlineSafetyTrust: schools' online-safety policies as running work") { Data };
        root.Add(Run());
        root.Add(Verify());
        root.Add(Rebuild());
        root.Add(Outbox());
        root.Add(Import());
        return root;
    }

    private static Command Run()
    {
        var urls = new Option<string>("--urls") { Description = "Addresses to listen on", DefaultValueFactory = _ => HostSettings.DefaultUrls };
        var noDemo = new Option<bool>("--no-demo") { Description = "Start without the fictional demo trust" };
        var run = new Command("run", "Starts everything in one process") { urls, noDemo };
        run.SetAction((parsed, ct) => RunCommand.RunAsync(new HostSettings(parsed.GetValue(urls)!, parsed.GetValue(Data)!, !parsed.GetValue(noDemo)), ct));
        return run;
    }

    private static Command Verify()
    {
        var verify = new Command("verify", "Checks hash chains, heads, views and deadlines against the events");
        verify.SetAction((parsed, ct) => UpkeepCommands.VerifyAsync(parsed.GetValue(Data)!, ct));
        return verify;
    }

    private static Command Outbox()
    {
        var retry = new Option<bool>("--retry-dead") { Description = "Put dead messages back, to be tried again" };
        var outbox = new Command("outbox", "Shows messages that wait and messages that nobody could deliver") { retry };
        outbox.SetAction((parsed, ct) => UpkeepCommands.OutboxAsync(parsed.GetValue(Data)!, parsed.GetValue(retry), Console.Out, ct));
        return outbox;
    }

    private static Command Import()
    {
        var bundle = new Argument<FileInfo>("FILE.zip") { Description = "OneRoster 1.1 or 1.2 CSV bundle" };
        var school = new Option<string>("--school") { Description = "URN of the school", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change and change nothing" };
        var leavers = new Option<int?>("--confirm-leavers") { Description = "Exactly so many pupils leave, and somebody has looked at the list" };
        var roster = new Command("roster", "Takes over pupils and staff of a school from its information system") { bundle, school, dryRun, leavers };
        roster.SetAction((parsed, ct) => ImportCommands.RosterAsync(
            parsed.GetValue(Data)!, parsed.GetValue(bundle)!, parsed.GetValue(school)!, parsed.GetValue(dryRun), parsed.GetValue(leavers), ct));

        var list = new Argument<FileInfo>("FILE.csv") { Description = "The DfE's edubasealldata list" };
        var group = new Option<string>("--trust") { Description = "Name of the trust or federation as the list writes it", Required = true };
        var dry = new Option<bool>("--dry-run") { Description = "Show what would change and change nothing" };
        var schools = new Command("schools", "Founds a trust and its schools from the DfE's list") { list, group, dry };
        schools.SetAction((parsed, ct) => ImportCommands.SchoolsAsync(parsed.GetValue(Data)!, parsed.GetValue(list)!, parsed.GetValue(group)!, parsed.GetValue(dry), ct));

        return new Command("import", "Takes over data from files") { roster, schools };
    }

    private static Command Rebuild()
    {
        var rebuild = new Command("rebuild", "Builds every view anew beside the running ones");
        rebuild.SetAction((parsed, ct) => UpkeepCommands.RebuildAsync(parsed.GetValue(Data)!, ct));
        return rebuild;
    }
}
