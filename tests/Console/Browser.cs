using System.Net;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Gateway.Tests;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>A person at a browser without scripts: keeps cookies, sends the forms it was given.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;
    private readonly CookieContainer _cookies = new();

    private Browser(Uri address) =>
        _http = new HttpClient(new HttpClientHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = address };

    /// <summary>Of the page last fetched.</summary>
    public string Html { get; private set; } = "";

    public HttpStatusCode Status { get; private set; }

    public HttpResponseMessage Answer { get; private set; } = null!;

    /// <summary>Everywhere it has been and everything it could click on or send to.</summary>
    public HashSet<string> Addresses { get; } = [];

    public CookieCollection Cookies => _cookies.GetAllCookies();

    public static Browser Open(RunningGateway gateway) => new(gateway.Http.BaseAddress!);

    public static async Task<Browser> SignInAsync(RunningGateway gateway, string persona)
    {
        var browser = Open(gateway);
        await browser.GoAsync("/console/sign-in");
        await browser.SendAsync("/console/sign-in", ("persona", persona));
        Assert.Equal("/console", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath);
        return browser;
    }

    public async Task<string> GoAsync(string path)
    {
        await TakeAsync(() => _http.GetAsync(path));
        return Html;
    }

    /// <summary>Sends fields with the page's own form token, and follows where it leads.</summary>
    public Task SendAsync(string path, params (string Name, string? Value)[] fields) =>
        SendWithoutTokenAsync(path, [.. fields, ("_form", Token().Match(Html).Groups["value"].Value)]);

    public Task SendWithoutTokenAsync(string path, params (string Name, string? Value)[] fields) =>
        TakeAsync(() => _http.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value ?? "")))));

    public string Hidden(string name) => WebUtility.HtmlDecode(Regex.Match(Html, $"name=\"{Regex.Escape(name)}\" value=\"(?<value>[^\"]*)\"").Groups["value"].Value);

    public void Dispose()
    {
        Answer?.Dispose();
        _http.Dispose();
    }

    private async Task TakeAsync(Func<Task<HttpResponseMessage>> ask)
    {
        for (var hops = 0; hops < 5; hops++)
        {
            Answer?.Dispose();
            Answer = await ask();
            Addresses.Add(Answer.RequestMessage!.RequestUri!.PathAndQuery);
            if (Answer.Headers.Location is not { } next)
            {
                break;
            }

            ask = () => _http.GetAsync(next);
        }

        (Status, Html) = (Answer!.StatusCode, await Answer.Content.ReadAsStringAsync());
        foreach (Match link in Link().Matches(Html))
        {
            Addresses.Add(WebUtility.HtmlDecode(link.Groups["to"].Value));
        }
    }

    [GeneratedRegex("name=\"_form\" type=\"hidden\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("(href|action|formaction)=\"(?<to>[^\"]*)\"")]
    private static partial Regex Link();
}
