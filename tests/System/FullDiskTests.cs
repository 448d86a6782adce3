using System.Diagnostics;
using OnlineSafetyTrust.Chaos.Checking;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;

namespace OnlineSafetyTrust.System.Tests;

public sealed class FullDiskTests
{
    [Fact]
    public async Task On_a_full_disk_answers_say_that_nothing_was_changed_and_everything_goes_on_when_there_is_space()
    {
        Assert.True(Environment.IsPrivilegedProcess, "This test mounts a small file system: run it as root, as CI does.");
        var directory = Directory.CreateTempSubdirectory("ost-full-").FullName;
        Run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", directory);
        try
        {
            await FillAsync(directory);
        }
        finally
        {
            Run("umount", "--lazy", directory);
            Directory.Delete(directory);
        }
    }

    private static async Task FillAsync(string directory)
    {
        using var store = StoreUnderTest.Create(Database.Sqlite, directory: Path.Combine(directory, "data"));
        var ground = await Founding.FoundAsync(store, pupils: 3);
        var (ledger, repertoire, ballast) = (new Ledger(), new Repertoire(ground, 1), Path.Combine(directory, "ballast"));
        using (var gateway = await GatewayProcess.StartAsync(store, GatewayProcess.FreePort()))
        {
            using var api = new Api(gateway.Address);
            Fill(ballast);
            var refused = await SendUntilRefusedAsync(api, ledger, repertoire);
            Assert.DoesNotContain(directory, refused, StringComparison.Ordinal);

            File.Delete(ballast);
            await new Clients(ledger, repertoire, 4).FinishAsync(api, TimeSpan.FromSeconds(60));
            Assert.Equal(Answer.Acknowledged, (await api.SendAsync(ledger.Begin(repertoire.Make("assignRole")).Command)).Answer);
        }

        Assert.Empty(ledger.Broken);
        Assert.Empty(await StoreCheck.RunAsync(store, ledger));
        Assert.Equal(0, (await GatewayProcess.VerifyAsync(store)).Code);
    }

    private static async Task<string> SendUntilRefusedAsync(Api api, Ledger ledger, Repertoire repertoire)
    {
        for (var i = 0; i < 5000; i++)
        {
            var sent = ledger.Begin(repertoire.Make("assignRole"));
            var reply = await api.SendAsync(sent.Command);
            ledger.Note(sent, reply);

            // What is unknown may be stored: the last page took the command, and not who saw its answer.
            Assert.True(reply.Answer == Answer.Acknowledged || reply.Payload.Contains("STORE_UNAVAILABLE", StringComparison.Ordinal) || reply.Payload.Contains("OUTCOME_UNKNOWN", StringComparison.Ordinal), reply.Payload);
            if (reply.Payload.Contains("STORE_UNAVAILABLE", StringComparison.Ordinal))
            {
                return reply.Payload;
            }
        }

        throw new InvalidOperationException("The disk never became full.");
    }

    private static void Fill(string file)
    {
        using var ballast = File.Create(file);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                ballast.Write(block);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as intended.
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
