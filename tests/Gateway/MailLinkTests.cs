using System.Net;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>A link in a mail leads to this host, and this host answers it.</summary>
public sealed partial class MailLinkTests
{
    // What a notice may point to; the strategy's page is the pupil's.
    private static readonly string[] Answered =
        ["/incidents/{id}", "/checks/{id}", "/checks/{id}/2026-11-02", "/weekly-updates/2026-11-02", "/strategies/{id}", "/pupils/{id}", "/pupils", "/devices/{id}", "/school"];

    [Theory]
    [InlineData("http://127.0.0.1:6000", "http://127.0.0.1:6000")]
    [InlineData("http://0.0.0.0:6000;https://0.0.0.0:6001", "http://localhost:6000")]
    [InlineData("https://safety.school.example", "https://safety.school.example")]
    [InlineData("http://+:80/", "http://localhost")]
    public void Links_lead_to_where_urls_says_and_not_to_5080_when_no_public_address_is_configured(string urls, string link) =>
        Assert.Equal(link, MailLinks.Of([], urls));

    [Fact]
    public void A_free_port_is_the_one_that_was_bound() => Assert.Equal("http://127.0.0.1:41234", MailLinks.Of(["http://127.0.0.1:41234"], "http://127.0.0.1:0"));

    [Fact]
    public async Task Every_notice_path_of_the_grains_is_answered_by_a_page()
    {
        var known = Answered.Select(p => p.Split('/')[1]).ToHashSet();
        var written = Directory.EnumerateFiles(Path.Combine(Repository.Root, "grains"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => NoticePath().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.NotEmpty(written);
        Assert.Empty(written.Except(known));

        await using var gateway = await RunningGateway.StartAsync();
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = gateway.Http.BaseAddress };
        foreach (var path in Answered)
        {
            Assert.StartsWith("/console/sign-in", await EndOfAsync(http, path.Replace("{id}", "01930000-0000-7000-8000-0000000000aa", StringComparison.Ordinal)), StringComparison.Ordinal);
        }
    }

    // A page that exists asks a stranger to sign in; one that does not is a 404.
    private static async Task<string> EndOfAsync(HttpClient http, string path)
    {
        for (var hops = 0; hops < 5 && !path.StartsWith("/console/sign-in", StringComparison.Ordinal); hops++)
        {
            using var answer = await http.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{path}: {answer.StatusCode}");
            path = answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.OriginalString;
        }

        return path;
    }

    // Every text of the grains that begins with a slash and a word is the path of a notice.
    [GeneratedRegex("""\"/([a-z{][^/"]*)""")]
    private static partial Regex NoticePath();
}
