using System.Security.Claims;
using System.Text.Json;

namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>A request from inside the process.</summary>
public interface IOperationRequest
{
    string? OperationName { get; }

    IServiceProvider? Services { get; }
}

/// <summary>Builds requests as tests make them.</summary>
public sealed class OperationRequestBuilder
{
    private string? _document;
    private string? _documentId;
    private string? _operationName;
    private JsonElement _variables;
    private IServiceProvider? _services;
    private ClaimsPrincipal? _user;

    public static OperationRequestBuilder New() => new();

    public OperationRequestBuilder SetDocument(string sourceText) => With(() => _document = sourceText);

    public OperationRequestBuilder SetDocumentId(string documentId) => With(() => _documentId = documentId);

    public OperationRequestBuilder SetOperationName(string? operationName) => With(() => _operationName = operationName);

    public OperationRequestBuilder SetServices(IServiceProvider services) => With(() => _services = services);

    /// <summary>The user that resolvers get as ClaimsPrincipal.</summary>
    public OperationRequestBuilder SetUser(ClaimsPrincipal claimsPrincipal) => With(() => _user = claimsPrincipal);

    public OperationRequestBuilder SetVariableValues(IReadOnlyDictionary<string, object?> variableValues) =>
        With(() => _variables = JsonSerializer.SerializeToElement(variableValues));

    /// <summary>The variables as a JSON object.</summary>
    public OperationRequestBuilder SetVariableValues(string variableValues) =>
        With(() => _variables = JsonElement.Parse(variableValues));

    public IOperationRequest Build() => new OperationRequest(_document, _documentId, _operationName, _variables, _services, _user);

    private OperationRequestBuilder With(Action set)
    {
        set();
        return this;
    }
}

internal sealed record OperationRequest(
    string? Document, string? DocumentId, string? OperationName, JsonElement Variables, IServiceProvider? Services, ClaimsPrincipal? User) : IOperationRequest;
