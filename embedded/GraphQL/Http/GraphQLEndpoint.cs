using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Hosting;
using OnlineSafetyTrust.Embedded.GraphQL.Introspection;
using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Http;

/// <summary>One request, one answer. Order matters: what can be refused from the headers is refused before the body is read.</summary>
internal sealed class GraphQLEndpoint(Engine engine)
{
    private byte[]? _sdl;

    public GraphQLServerOptions Options { get; set; } = new();

    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var accepted = Accepted.Parse(http.Request.Headers.Accept);
        try
        {
            await (HttpMethods.IsGet(http.Request.Method) ? GetAsync(http, accepted) : PostAsync(http, accepted)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has left; nobody reads an answer.
        }
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

        if (!TryVariables(query["variables"], out var variables))
        {
            await RefuseAsync(http, accepted, "The variables are not a JSON object.").ConfigureAwait(false);
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

        // Forms and plain text come across sites without a preflight: only JSON is read.
        if (!request.HasJsonContentType())
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
        var (document, refusal) = await PersistedOperations.FindAsync(engine, http.RequestServices, body.Document, body.DocumentId, http.RequestAborted).ConfigureAwait(false);
        var request = new EngineRequest(document, body.OperationName, body.Variables, http.RequestServices, http.User) { IsGet = read is null };
        OperationPlan? plan = null;
        if (refusal is null)
        {
            plan = engine.Prepare(request, out refusal);
        }

        if (read is { } position)
        {
            // Until here the document may have been a slice of the pipe.
            http.Request.BodyReader.AdvanceTo(position);
            request = request with { Document = default };
        }

        if (plan is null)
        {
            await Answers.WriteAsync(http, accepted, refusal!).ConfigureAwait(false);
        }
        else if (plan.Kind == OperationKind.Subscription)
        {
            await EventStream.RunAsync(engine, plan, request, http, accepted).ConfigureAwait(false);
        }
        else
        {
            var outcome = await engine.ExecuteAsync(plan, request, null, http.RequestAborted).ConfigureAwait(false);
            await Answers.WriteAsync(http, accepted, outcome).ConfigureAwait(false);
        }
    }

    private Task RefuseAsync(HttpContext http, Accepted accepted, string message) =>
        Answers.WriteAsync(http, accepted, engine.Refuse(new Error(message) { Code = "HC0012" }), isRefusedByTransport: true);

    private async Task SchemaAsync(HttpContext http)
    {
        if (!Options.EnableSchemaRequests || engine.Registrations.IntrospectionDisabled)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        _sdl ??= Encoding.UTF8.GetBytes(SchemaPrinter.Print(engine.Schema));
        http.Response.ContentType = "application/graphql; charset=utf-8";
        await http.Response.BodyWriter.WriteAsync(_sdl, http.RequestAborted).ConfigureAwait(false);
    }

    private static bool TryVariables(string? text, out JsonElement variables)
    {
        variables = default;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        try
        {
            variables = JsonElement.Parse(text);
            return variables.ValueKind is JsonValueKind.Object or JsonValueKind.Null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
