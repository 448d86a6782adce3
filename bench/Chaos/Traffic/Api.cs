using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace OnlineSafetyTrust.Chaos.Traffic;

/// <summary>GraphQL over HTTP, as any client would.</summary>
internal sealed class Api(string address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(4) };

    public async Task<Reply> SendAsync(Command command, CancellationToken ct = default)
    {
        try
        {
            using var body = await PostAsync(command.Token, command.Query, new { input = command.Input }, ct);
            return Reply.Of(command, body.RootElement);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            return new Reply(Answer.Unknown, e.Message);
        }
    }

    public async Task<JsonElement> QueryAsync(string token, string query, object? variables = null, CancellationToken ct = default)
    {
        using var body = await PostAsync(token, query, variables, ct);
        return body.RootElement.Clone();
    }

    /// <summary>Moves the product's clock on; what falls due happens. Null when done, or the answer that said why not.</summary>
    public async Task<string?> MoveClockAsync(DateTimeOffset to, CancellationToken ct = default)
    {
        using var answer = await _http.PostAsJsonAsync("/dev/clock", new { now = to }, ct);
        return answer.IsSuccessStatusCode ? null : await answer.Content.ReadAsStringAsync(ct);
    }

    public async Task<DateTimeOffset> ClockAsync(CancellationToken ct = default) => (await _http.GetFromJsonAsync<JsonElement>("/dev/clock", ct)).GetProperty("now").GetDateTimeOffset();

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> PostAsync(string token, string query, object? variables, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request, ct);
        return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(ct), cancellationToken: ct);
    }
}
