using System.CommandLine;
using OnlineSafetyTrust.Gateway.Hosting;

namespace OnlineSafetyTrust.Gateway.Commands;

/// <summary>What <c>./dev</c> passes on.</summary>
internal static partial class CommandLine
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
        root.Add(RotateKey());
        root.Add(Import());
        root.Add(Appoint());
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
        var verify = new Command("verify", "Checks hash chains and heads, and all that is derived against the events");
        verify.SetAction((parsed, ct) => UpkeepCommands.VerifyAsync(parsed.GetValue(Data)!, Console.Out, ct));
        return verify;
    }

    private static Command Outbox()
    {
        var retry = new Option<bool>("--retry-dead") { Description = "Put dead messages back, and messages that nobody looks at in line, to be tried again" };
        var outbox = new Command("outbox", "Shows messages that fail and are tried again, those that nobody could deliver, and those that nobody looks at") { retry };
        outbox.SetAction((parsed, ct) => UpkeepCommands.OutboxAsync(parsed.GetValue(Data)!, parsed.GetValue(retry), Console.Out, ct));
        return outbox;
    }

    private static Command RotateKey()
    {
        var to = new Option<FileInfo>("--to") { Description = "File of the new master key; made when it is not there", Required = true };
        var rotate = new Command("rotate-key", "Wraps every key with a new master key") { to };
        rotate.SetAction((parsed, ct) => RotateKeyCommand.RunAsync(parsed.GetValue(Data)!, parsed.GetValue(to)!, ct));
        return rotate;
    }

    private static Command Rebuild()
    {
        var rebuild = new Command("rebuild", "Builds every view anew beside the running ones and puts right what else is derived");
        rebuild.SetAction((parsed, ct) => UpkeepCommands.RebuildAsync(parsed.GetValue(Data)!, Console.Out, ct));
        return rebuild;
    }
}
