using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>The README's five-minute tour, command by command in one shell, <c>./dev</c> included.</summary>
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
        using var product = Process.Start(Dev(new ProcessStartInfo(Path.Combine(root, "dev"), ["run", "--data", data, "--urls", $"http://127.0.0.1:{port}"])))!;
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

            await StopAsync(product);
            // The tour has moved the clock by a week: what the operator does afterwards goes by it.
            var appointed = Assert.Single(await ShellAsync(root, data, port, ["./dev appoint --school 100001 --email g@b.example --name 'Gil Ray' --role governor"]));
            var from = DateOnly.ParseExact(Day().Match(appointed).Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.True(from >= DateOnly.FromDateTime(DateTime.UtcNow).AddDays(6), appointed);
            await TryWhatItSaysAsync(root, data, port);
        }
        finally
        {
            await StopAsync(product);
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Started again, by a clock that is a week ahead: the three things to try are there to be tried.</summary>
    private static async Task TryWhatItSaysAsync(string root, string data, int port)
    {
        using var again = Process.Start(Dev(new ProcessStartInfo(Path.Combine(root, "dev"), ["run", "--data", data, "--urls", $"http://127.0.0.1:{port}"]) { RedirectStandardOutput = true }))!;
        try
        {
            var said = new List<string>();
            while (await again.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Ctrl+C", StringComparison.Ordinal))
            {
                said.Add(line.Trim());
            }

            var tries = said.FindAll(l => l.StartsWith("curl ", StringComparison.Ordinal));
            var answers = await ShellAsync(root, data, port, tries);
            Assert.Equal(3, answers.Length);
            Assert.Contains("dsl@100001", answers[0], StringComparison.Ordinal);
            Assert.Contains("\"accessToken\"", answers[1], StringComparison.Ordinal);
            Assert.Contains("\"now\"", answers[2], StringComparison.Ordinal);
        }
        finally
        {
            await StopAsync(again);
        }
    }

    private static async Task StopAsync(Process product)
    {
        product.Kill(entireProcessTree: true);
        await product.WaitForExitAsync();
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
        var script = new StringBuilder();
        foreach (var command in commands)
        {
            script.Append(DevCommand().Replace(command.Replace("localhost:5080", $"127.0.0.1:{port}", StringComparison.Ordinal), $"$0 --data '{data}'")).Append('\n');
            script.Append($"echo '{Mark}'\n");
        }

        using var shell = Process.Start(Dev(new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = root }))!;
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

    // As a newcomer's shell would have it; what ./dev runs is built with these tests where they are built for Release.
    private static ProcessStartInfo Dev(ProcessStartInfo start)
    {
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment["OST_NO_BUILD"] = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "1" : "";
        return start;
    }

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\./dev \w+")]
    private static partial Regex DevCommand();

    [GeneratedRegex(@"(?<=from )\d{4}-\d\d-\d\d")]
    private static partial Regex Day();
}
