using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>The README's five-minute tour, command by command in one shell against the product as <c>./dev run</c> starts it.</summary>
public sealed partial class TourTests
{
    private const string Mark = "--- end of a command ---";

    [Fact]
    public async Task Every_command_of_the_tour_prints_what_the_readme_says()
    {
        var root = Repository.Root;
        var steps = Steps(await File.ReadAllTextAsync(Path.Combine(root, "README.md")));
        var data = Directory.CreateTempSubdirectory("ost-tour-").FullName;
        var port = GatewayProcess.FreePort();
        using var product = Start(root, data, "run", "--data", data, "--urls", $"http://127.0.0.1:{port}");
        try
        {
            await ReadyAsync(port);
            var printed = await ShellAsync(root, data, port, steps.Select(s => s.Command));

            Assert.True(steps.Count > 5, "The tour is gone from the README.");
            Assert.Equal(steps.Count, printed.Length);
            foreach (var (step, output) in steps.Zip(printed))
            {
                Assert.True(Pattern(step.Expected).IsMatch(output.Trim()), $"$ {step.Command}\nREADME: {step.Expected}\nprinted: {output}");
            }
        }
        finally
        {
            product.Kill(entireProcessTree: true);
            await product.WaitForExitAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    private static List<(string Command, string Expected)> Steps(string readme)
    {
        var steps = new List<(string, string)>();
        foreach (Match block in Blocks().Matches(readme))
        {
            foreach (var step in block.Groups[1].Value.Split("\n$ ", StringSplitOptions.RemoveEmptyEntries))
            {
                var lines = step.TrimStart('$', ' ', '\n').Split('\n', 2);
                steps.Add((lines[0], lines.Length > 1 ? lines[1].Trim() : ""));
            }
        }

        return steps;
    }

    private static Regex Pattern(string expected) =>
        new("^" + string.Join(".*", expected.Split('…').Select(Regex.Escape)) + "$", RegexOptions.Singleline, TimeSpan.FromSeconds(5));

    private static async Task<string[]> ShellAsync(string root, string data, int port, IEnumerable<string> commands)
    {
        var gateway = Path.Combine(root, "graphql-gateway", "bin", Configuration(), "net10.0", "OnlineSafetyTrust.Gateway.dll");
        // ./dev builds before it verifies; here the build is done.
        var script = new StringBuilder($"verify() {{ dotnet '{gateway}' verify --data '{data}'; }}\n");
        foreach (var command in commands)
        {
            script.Append(command.Replace("localhost:5080", $"127.0.0.1:{port}", StringComparison.Ordinal).Replace("./dev verify", "verify", StringComparison.Ordinal)).Append('\n');
            script.Append($"echo '{Mark}'\n");
        }

        using var shell = Process.Start(new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = root })!;
        await shell.StandardInput.WriteAsync(script.ToString());
        shell.StandardInput.Close();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output.Split(Mark)[..^1];
    }

    private static async Task ReadyAsync(int port)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var deadline = Stopwatch.StartNew();
        while (!await IsReadyAsync(http))
        {
            // The demo is built first: half a minute on a quiet machine.
            Assert.True(deadline.Elapsed < TimeSpan.FromMinutes(5), "The product was not ready after five minutes.");
            await Task.Delay(250);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Process Start(string root, string data, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(root, "graphql-gateway", "bin", Configuration(), "net10.0", "OnlineSafetyTrust.Gateway.dll"), .. arguments]) { WorkingDirectory = data };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["OST_MAILBOX"] = Path.Combine(root, "tools", "mailbox");
        return Process.Start(start)!;
    }

    private static string Configuration() => AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
