using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Hosting;
using OnlineSafetyTrust.Embedded.GraphQL.Introspection;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Sockets;
using OnlineSafetyTrust.Embedded.GraphQL.Subscriptions;

namespace OnlineSafetyTrust.Embedded.GraphQL.Http;

/// <summary>One request, one answer. Order matters: what can be refused from the headers is refused before the body is read.</summary>
internal sealed class GraphQLEndpoint(IServiceProvider services)
{
    private const string Preflight = "GraphQL-Preflight";
    private static readonly string[] Members = ["query", "variables", "operationName", "extensions", "documentId", "id"];
    private static readonly JsonDocumentOptions Distinct = new() { AllowDuplicateProperties = false };

    // Now and not at the first request: a schema that does not fit must stop the start.
    private readonly Engine _engine = services.GetRequiredService<Engine>();
    private readonly SubscriptionGroups _groups = services.GetRequiredService<SubscriptionGroups>();
    private readonly IOperationHost? _host = services.GetService<IOperationHost>();
    private readonly IOperationBudget? _budget = services.GetService<IOperationBudget>();
    private readonly DefaultSocketSessionInterceptor? _interceptor = services.GetService<DefaultSocketSessionInterceptor>();
    private readonly CancellationToken _stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default;
    private byte[]? _sdl;

    public GraphQLServerOptions Options { get; set; } = new();

    public async Task HandleAsync(HttpContext http)
    {
        if (http.WebSockets.IsWebSocketRequest)
        {
            await ServeSocketAsync(http).ConfigureAwait(false);
            return;
        }

        http.Response.Headers.CacheControl = "no-store";
        var accepted = Accepted.Parse(http.Request.Headers.Accept, Options.JsonByDefault);
        try
        {
            await (HttpMethods.IsGet(http.Request.Method) ? GetAsync(http, accepted)
                : HttpMethods.IsPost(http.Request.Method) ? PostAsync(http, accepted)
                : NotAllowedAsync(http)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has left; nobody reads an answer.
        }
    }

    private Task ServeSocketAsync(HttpContext http) => SocketSession.ServeAsync(
        http, c => new SocketRunner(_engine, _groups, _host, _budget, c), _interceptor, Options.Sockets, _engine.Time, _stopping);

    private static Task NotAllowedAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        http.Response.Headers.Allow = "GET, POST";
        return Task.CompletedTask;
    }

    private async Task GetAsync(HttpContext http, Accepted accepted)
    {
        var query = http.Request.Query;
        if (query.ContainsKey("sdl"))
        {
            await SchemaAsync(http).ConfigureAwait(false);
            return;
        }

        if (!Options.EnableGetRequests || accepted.IsNone)
        {
            http.Response.StatusCode = accepted.IsNone ? StatusCodes.Status406NotAcceptable : StatusCodes.Status404NotFound;
            return;
        }

        // No page can send either header to another site without asking first.
        if (Options.EnforceGetRequestsPreflightHeader && !http.Request.Headers.ContainsKey(Preflight) && !http.Request.Headers.ContainsKey(HeaderNames.Authorization))
        {
            await RefuseAsync(http, accepted, $"A GET must carry the header {Preflight} or Authorization; or use POST.").ConfigureAwait(false);
            return;
        }

        if (Array.Find(Members, m => query[m].Count > 1) is { } twice)
        {
            await RefuseAsync(http, accepted, $"`{twice}` is given more than once.").ConfigureAwait(false);
            return;
        }

        if (!TryObject(query["variables"], out var variables) || !TryObject(query["extensions"], out _))
        {
            await RefuseAsync(http, accepted, "Variables and extensions are JSON objects.").ConfigureAwait(false);
            return;
        }

        string? document = query["query"];
        var body = new RequestBody(
            string.IsNullOrEmpty(document) ? null : Encoding.UTF8.GetBytes(document), (string?)query["documentId"] ?? query["id"], query["operationName"], variables);
        await RunAsync(http, accepted, body, null).ConfigureAwait(false);
    }

    private async Task PostAsync(HttpContext http, Accepted accepted)
    {
        var request = http.Request;
        if (accepted.IsNone)
        {
            http.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            return;
        }

        // Forms and plain text come across sites without a preflight: only JSON is read. Nothing is unpacked: a small body stays small.
        if (!IsJson(request) || request.Headers.ContentEncoding is { Count: > 0 } coding && coding != "identity")
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        if (request.ContentLength > Options.MaxRequestSize)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        if (await RequestBody.ReadAsync(request.BodyReader, Options.MaxRequestSize, http.RequestAborted).ConfigureAwait(false) is not { } bytes)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var json = bytes.IsSingleSegment ? bytes.First : bytes.ToArray();
        if (!RequestBody.TryParse(json, out var body))
        {
            request.BodyReader.AdvanceTo(bytes.End);
            await RefuseAsync(http, accepted, "The body is no GraphQL request in JSON.").ConfigureAwait(false);
            return;
        }

        await RunAsync(http, accepted, body, bytes.End).ConfigureAwait(false);
    }

    private async Task RunAsync(HttpContext http, Accepted accepted, RequestBody body, SequencePosition? read)
    {
        var (document, refusal) = await PersistedOperations.FindAsync(_engine, http.RequestServices, body.Document, body.DocumentId, http.RequestAborted).ConfigureAwait(false);
        var request = new EngineRequest(document, body.OperationName, body.Variables, http.RequestServices, http.User) { IsGet = read is null };
        var plan = _engine.Prepare(_budget, http, request, ref refusal, out var isUnpaid);
        if (read is { } position)
        {
            // Until here the document may have been a slice of the pipe.
            http.Request.BodyReader.AdvanceTo(position);
            request = request with { Document = default };
        }

        if (plan is null)
        {
            await Answers.WriteAsync(http, accepted, refusal!, isRefusedByTransport: isUnpaid).ConfigureAwait(false);
        }
        else if (plan.Kind == OperationKind.Subscription)
        {
            await EventStream.RunAsync(_groups, _engine.Time, plan, request, http, accepted, _stopping).ConfigureAwait(false);
        }
        else
        {
            await Answers.WriteAsync(http, accepted, await AnswerAsync(http, plan, request).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async ValueTask<Outcome> AnswerAsync(HttpContext http, OperationPlan plan, EngineRequest request)
    {
        var outcome = await _engine.ExecuteAsync(plan, request, null, http.RequestAborted).ConfigureAwait(false);
        try
        {
            if (_host is not null)
            {
                await _host.BeforeSendAsync(request.Services, [request.User], http.RequestAborted).ConfigureAwait(false);
            }

            return outcome;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !http.RequestAborted.IsCancellationRequested)
        {
            outcome.Dispose();
            return _engine.Fail(e, plan);
        }
    }

    /// <summary>JSON is UTF-8; a body that says otherwise is not read as if it were.</summary>
    private static bool IsJson(HttpRequest request) => request.ContentType is { } type
        && (type == "application/json" || (request.HasJsonContentType() && MediaTypeHeaderValue.TryParse(type, out var parsed)
            && (!parsed.Charset.HasValue || HeaderUtilities.RemoveQuotes(parsed.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))));

    private Task RefuseAsync(HttpContext http, Accepted accepted, string message) =>
        Answers.WriteAsync(http, accepted, _engine.Refuse(new Error(message) { Code = "HC0012" }), isRefusedByTransport: true);

    private async Task SchemaAsync(HttpContext http)
    {
        if (!Options.EnableSchemaRequests || _engine.Registrations.IntrospectionDisabled)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        _sdl ??= Encoding.UTF8.GetBytes(SchemaPrinter.Print(_engine.Schema));
        http.Response.ContentType = "application/graphql; charset=utf-8";
        http.Response.ContentLength = _sdl.Length;
        await http.Response.BodyWriter.WriteAsync(_sdl, http.RequestAborted).ConfigureAwait(false);
    }

    private static bool TryObject(string? text, out JsonElement variables)
    {
        variables = default;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        try
        {
            variables = JsonElement.Parse(text, Distinct);
            return variables.ValueKind is JsonValueKind.Object or JsonValueKind.Null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
