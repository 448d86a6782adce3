using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OnlineSafetyTrust.GraphQL.Tests.Parity;

/// <summary>The example behind a real server on a loopback port.</summary>
public sealed class ExampleServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ExampleServer(WebApplication app, HttpClient client) => (_app, Client) = (app, client);

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ExampleServer> StartAsync(
        Action<IRequestExecutorBuilder>? more = null, ClaimsPrincipal? user = null, GraphQLServerOptions? options = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddExample(more);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        if (user is not null)
        {
            app.Use((context, next) =>
            {
                context.User = user;
                return next(context);
            });
        }

        app.UseWebSockets();
        var endpoint = app.MapGraphQL();
        if (options is not null)
        {
            endpoint.WithOptions(options);
        }

        await app.StartAsync();
        return new(app, new HttpClient { BaseAddress = new Uri(app.Urls.Single() + "/graphql") });
    }

    public async Task<(int Status, string Type, string Body)> PostAsync(string json, string? accept = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "")
        {
            Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue(contentType)),
        };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await Client.SendAsync(request);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", await response.Content.ReadAsStringAsync());
    }

    public async Task<(int Status, string Type, string Body)> GetAsync(string query)
    {
        using var response = await Client.GetAsync(new Uri(query, UriKind.Relative));
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
