using System.Text.RegularExpressions;

namespace OnlineSafetyTrust.Gateway.Tests.Commands;

/// <summary>The commands that put a school into service, as processes of their own: what they print is what the operator sees.</summary>
public sealed partial class ServiceCommandTests : IDisposable
{
    private const string Head = "--school 100002 --email h.ford@oak.example --role headteacher";
    private const string NoStore = "There is no store in '";
    private readonly string _directory = Directory.CreateTempSubdirectory("ost-service-").FullName;

    private string Data => System.IO.Path.Combine(_directory, "data");

    [Fact]
    public async Task A_school_of_the_list_gets_its_head_and_its_roster_and_the_same_again_changes_nothing()
    {
        var list = ServiceFiles.List(_directory);
        Assert.StartsWith("The Oak Federation (federation, 1 school)\nNothing was changed. Choose one of these with --trust NAME", await DoneAsync($"import schools {list}"), StringComparison.Ordinal);
        Assert.EndsWith("Dry run: nothing was changed.", await DoneAsync($"import schools {list} --school 100002 --dry-run"), StringComparison.Ordinal);
        Assert.EndsWith("100002 Oak Primary: founded", await DoneAsync($"import schools {list}", "--trust", "the oak federation"), StringComparison.Ordinal);
        Assert.EndsWith("Nothing to change.", await DoneAsync($"import schools {list}", "--trust", "The Oak Federation"), StringComparison.Ordinal);

        await File.WriteAllTextAsync(list, (await File.ReadAllTextAsync(list)).Replace("Oak Primary", "Oak School", StringComparison.Ordinal));
        Assert.Contains("changed: 100002 Oak School: name Oak School, was Oak Primary\n", await DoneAsync($"import schools {list} --school 100002 --dry-run"), StringComparison.Ordinal);
        Assert.EndsWith("100002 Oak School: changed", await DoneAsync($"import schools {list}", "--trust", "The Oak Federation"), StringComparison.Ordinal);
        Assert.EndsWith("Nothing to change.", await DoneAsync($"import schools {list}", "--trust", "The Oak Federation"), StringComparison.Ordinal);

        Assert.StartsWith("--school: there is no school with the URN 100009 here.", await RefusedAsync("appoint --school 100009 --email a@b.example --role dsl"), StringComparison.Ordinal);
        Assert.StartsWith("--trust: there is no trust of this name here.", await RefusedAsync("appoint --trust X --email a@b.example --role trust-administrator"), StringComparison.Ordinal);

        Assert.StartsWith("--name: nobody here has this e-mail address yet.", await RefusedAsync($"appoint {Head}"), StringComparison.Ordinal);
        Assert.StartsWith("--sign-in: A sign-in is the provider's issuer", await RefusedAsync($"appoint {Head} --name Hana --sign-in hana"), StringComparison.Ordinal);
        Assert.Contains("added, headteacher from", await DoneAsync($"appoint {Head}", "--name", "Hana Ford"), StringComparison.Ordinal);
        Assert.Contains("is headteacher already, no sign-in yet", await DoneAsync($"appoint {Head}"), StringComparison.Ordinal);
        Assert.Contains("is headteacher already, a sign-in is linked.", await DoneAsync($"appoint {Head} --sign-in https://sign-in.example|42"), StringComparison.Ordinal);
        Assert.StartsWith("--sign-in: This sign-in already belongs to somebody else", await RefusedAsync("appoint --school 100002 --email d@oak.example --name Di --role dsl --sign-in https://sign-in.example|42"), StringComparison.Ordinal);
        Assert.Contains("added, trust-administrator from", await DoneAsync("appoint --email t@oak.example --name Tia --role trust-administrator", "--trust", "The Oak Federation"), StringComparison.Ordinal);

        var roster = ServiceFiles.Roster(_directory, ServiceFiles.Pupils);
        Assert.EndsWith("Dry run: nothing was changed.", await DoneAsync($"import roster {roster} --school 100002 --dry-run"), StringComparison.Ordinal);
        Assert.EndsWith("5 changes made, 0 refused.", await DoneAsync($"import roster {roster} --school 100002"), StringComparison.Ordinal);
        Assert.EndsWith("Nothing to change.", await DoneAsync($"import roster {roster} --school 100002"), StringComparison.Ordinal);

        // Another MIS: one pupil's row has another id, the other pupil is gone.
        ServiceFiles.Roster(_directory, "q2,,,true,school,student,Dan,Ekin,,03\n");
        Assert.Contains("would leave; more than 10 % is stopped", await RefusedAsync($"import roster {roster} --school 100002"), StringComparison.Ordinal);
        var asked = await DoneAsync($"import roster {roster} --school 100002 --most-leaving 50 --dry-run");
        var same = Same().Match(asked).Value;
        Assert.Matches("^--same q2=", same);
        Assert.Contains("0 new, 1 changed, 0 returning, 1 leaving, 0 unchanged, 0 to decide", await DoneAsync($"import roster {roster} --school 100002 --most-leaving 50 --dry-run {same}"), StringComparison.Ordinal);
        Assert.Contains("1 new, 0 changed, 0 returning, 2 leaving", await DoneAsync($"import roster {roster} --school 100002 --confirm-leavers 2 --new q2 --dry-run"), StringComparison.Ordinal);
        Assert.StartsWith("--same q2: write SOURCE-ID=PUPIL-ID", await RefusedAsync($"import roster {roster} --school 100002 --same q2"), StringComparison.Ordinal);
        Assert.Contains("no problem found", await DoneAsync("verify"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_schools_of_one_name_that_stand_alone_are_two_trusts()
    {
        var list = ServiceFiles.List(_directory);
        foreach (var urn in new[] { "100007", "100008", "100007" })
        {
            Assert.StartsWith("St Mary's (single school)", await DoneAsync($"import schools {list} --school {urn}"), StringComparison.Ordinal);
        }

        const string Chair = "appoint --email chair@mary.example --name Cy --role trust-administrator";
        var refused = await RefusedAsync(Chair, "--trust", "St Mary's");
        Assert.StartsWith("--trust: 2 trusts here have this name. Give the id of one, as in t/", refused, StringComparison.Ordinal);
        Assert.Contains("added, trust-administrator", await DoneAsync($"{Chair} --trust {refused.Split(' ')[^1].TrimEnd('.')}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_master_key_opens_what_the_old_one_closed_and_the_old_one_nothing()
    {
        await DoneAsync($"import schools {ServiceFiles.List(_directory)}", "--trust", "The Oak Federation");
        var next = System.IO.Path.Combine(_directory, "apart", "next.key");
        Assert.Contains($"keys are wrapped with {next}.", await DoneAsync($"rotate-key --to {next}"), StringComparison.Ordinal);

        Assert.StartsWith("The master key is not the one that wrapped the keys", await RefusedAsync("verify"), StringComparison.Ordinal);
        File.Move(next, System.IO.Path.Combine(_directory, "data", "master.key"), overwrite: true);
        Assert.EndsWith("no problem found.", await DoneAsync("verify"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("appoint --email a@b.example --role dsl", "--school URN or --trust NAME: give one of the two.")]
    [InlineData("appoint --school 100002 --trust X --email a@b.example --role dsl", "--school URN or --trust NAME: give one of the two.")]
    [InlineData("appoint --school 100002 --email a@b.example --role head", "--role: a school has no role 'head'. Choose one of dsl, deputy-dsl,")]
    [InlineData("appoint --school 100002 --email a@b.example --role trust-administrator", "--role: a school has no role 'trust-administrator'.")]
    [InlineData("appoint --trust X --email a@b.example --role dsl", "--role: a trust has no role 'dsl'. Choose one of trust-safeguarding-lead, trust-administrator.")]
    [InlineData("appoint --school 100002 --email a@b.example --role dsl", NoStore)]
    [InlineData("appoint --trust X --email a@b.example --role trust-administrator", NoStore)]
    [InlineData("verify", NoStore)]
    [InlineData("rebuild", NoStore)]
    [InlineData("outbox", NoStore)]
    [InlineData("import roster missing.zip --school 100002", "There is no file missing.zip.")]
    [InlineData("import roster missing.zip --school 100002 --most-leaving 101", "--most-leaving: give a percentage from 0 to 100.")]
    public async Task What_is_wrong_is_said_with_the_option_and_without_a_trace(string command, string says)
    {
        Assert.StartsWith(says, await RefusedAsync(command), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_roster_founds_no_store()
    {
        var roster = ServiceFiles.Roster(_directory, ServiceFiles.Pupils);
        Assert.StartsWith(NoStore, await RefusedAsync($"import roster {roster} --school 100002"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [GeneratedRegex("--same [^ ]+")]
    private static partial Regex Same();

    private async Task<string> DoneAsync(string command, params string[] more)
    {
        var (code, output, errors) = await RunAsync(command, more);
        Assert.Equal((0, ""), (code, errors));
        Assert.DoesNotContain("Microsoft.", output, StringComparison.Ordinal);
        return output;
    }

    private async Task<string> RefusedAsync(string command, params string[] more)
    {
        var (code, output, errors) = await RunAsync(command, more);
        Assert.Equal(1, code);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Microsoft.", output + errors, StringComparison.Ordinal);
        return errors;
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(string command, params string[] more) =>
        OperatorProcess.RunAsync(_directory, [.. command.Split(' '), .. more, "--data", Data]);
}
