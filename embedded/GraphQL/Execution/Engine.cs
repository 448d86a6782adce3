using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Building;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>A request as it comes from HTTP or from a test.</summary>
internal readonly record struct EngineRequest(
    ReadOnlyMemory<byte> Document, string? OperationName, JsonElement Variables, IServiceProvider Services, ClaimsPrincipal? User)
{
    public bool IsGet { get; init; }
}

/// <summary>Executes requests against one schema.</summary>
internal sealed class Engine : IDocumentInspector
{
    private static readonly object RootValue = new();
    private readonly Preparation _preparation;
    private readonly IReadOnlyList<IErrorFilter> _filters;

    public Engine(Registrations registrations, IServiceProvider services)
    {
        Registrations = registrations;
        if (registrations.Request.PersistedOperations.OnlyAllowPersistedDocuments && !registrations.PersistedOperations)
        {
            throw new InvalidOperationException("Only stored documents are allowed, but none are looked for: add UsePersistedOperationPipeline().");
        }

        Schema = SchemaBuilder.Build(registrations, services.GetService<IServiceProviderIsService>());
        _preparation = new(Schema, registrations);
        _filters = [.. services.GetServices<IErrorFilter>()];
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    }

    public Schema Schema { get; }

    public Registrations Registrations { get; }

    public TimeProvider Time { get; }

    public IReadOnlyList<IError> Inspect(ReadOnlyMemory<byte> document)
    {
        var errors = Report(null);
        _preparation.Inspect(document, errors);
        return errors.Errors;
    }

    /// <summary>A request error without data.</summary>
    public Outcome Refuse(IError error, int status = 400)
    {
        var errors = Report(null);
        errors.Add(error);
        return new(null, errors.Errors, status);
    }

    /// <summary>A stream of messages broke: an answer without data.</summary>
    public Outcome Fail(Exception exception, OperationPlan plan)
    {
        var errors = Report(plan.Document);
        errors.Add(exception, plan.Root.Fields[0], [new(plan.Root.Fields[0])]);
        return new(null, errors.Errors, 500);
    }

    /// <summary>Given when the document was read before and is remembered: to prepare it is no work.</summary>
    public CachedDocument? Recall(ReadOnlyMemory<byte> document) => _preparation.Recall(document.Span);

    public Outcome TimedOut(OperationPlan plan)
    {
        var unknown = plan.Kind == OperationKind.Mutation ? " It is not known what was stored: look again, or send it again with the same command id." : "";
        return Refuse(new Error($"The request exceeded the configured timeout of `{Registrations.Request.ExecutionTimeout}`.{unknown}") { Code = "HC0045" }, 500);
    }

    /// <summary>The plan, or the answer that says why there is none.</summary>
    /// <param name="known">What was recalled for the document.</param>
    public OperationPlan? Prepare(in EngineRequest request, out Outcome? refused, CachedDocument? known = null)
    {
        var errors = Report(null);
        var plan = _preparation.Prepare(known, request.Document, request.OperationName, errors);
        refused = plan is null ? new(null, errors.Errors, 400)
            : request.IsGet && plan.Kind != OperationKind.Query ? Refuse(new Error("Only queries may be asked by GET."), 405)
            : null;
        return refused is null ? plan : null;
    }

    public ValueTask<Outcome> ExecuteAsync(OperationPlan plan, in EngineRequest request, object? message, CancellationToken aborted)
    {
        // Without async fields there is nothing that a timer could interrupt.
        return plan.Root.Deferred.Length == 0 && plan.Requirements.Length == 0
            ? new(Immediately(plan, request, message, aborted))
            : WithTimeoutAsync(plan, request, message, aborted);
    }

    /// <summary>The stream of a subscription's messages, or why there is none.</summary>
    /// <param name="admitOnly">No stream is opened: that of an equal subscription will do.</param>
    public async Task<(IAsyncEnumerable<object?>? Events, Outcome? Refused)> SubscribeAsync(
        OperationPlan plan, EngineRequest request, CancellationToken aborted, bool admitOnly = false)
    {
        var operation = new OperationContext(Schema, plan, request.Services, request.User, Registrations.Request, aborted);
        using var _ = operation.Writer;
        var errors = Report(plan.Document);
        if (Begin(operation, request.Variables, errors) is { } refused)
        {
            return (null, refused);
        }

        var field = plan.Root.Fields[0];
        try
        {
            operation.Refusals = await Authorization.RefusalsAsync(operation).ConfigureAwait(false);
            if (Authorization.Refused(operation, errors) is { } unauthorized)
            {
                return (null, unauthorized);
            }

            FieldAccess.Check(operation, field);
            return admitOnly ? default : (await field.Definition.Events!.SubscribeAsync(operation.ArgumentsOf(field), operation).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !aborted.IsCancellationRequested)
        {
            errors.Add(e, field, [new(field)]);
            return (null, new(null, errors.Errors));
        }
    }

    private Outcome Immediately(OperationPlan plan, in EngineRequest request, object? message, CancellationToken aborted)
    {
        var operation = new OperationContext(Schema, plan, request.Services, request.User, Registrations.Request, aborted) { EventMessage = message };
        var errors = Report(plan.Document);
        Outcome? outcome = null;
        try
        {
            outcome = Begin(operation, request.Variables, errors) ?? Write(operation, errors, null);
            return outcome;
        }
        catch (AnswerTooLargeException e)
        {
            return TooLarge(e, plan);
        }
        finally
        {
            if (outcome is not { HasData: true })
            {
                operation.Writer.Dispose();
            }
        }
    }

    private async ValueTask<Outcome> WithTimeoutAsync(OperationPlan plan, EngineRequest request, object? message, CancellationToken aborted)
    {
        using var timeout = new CancellationTokenSource(Registrations.Request.ExecutionTimeout, Time);
        using var left = aborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timeout);
        var operation = new OperationContext(Schema, plan, request.Services, request.User, Registrations.Request, timeout.Token) { EventMessage = message };
        var errors = Report(plan.Document);
        Outcome? outcome = null;
        try
        {
            outcome = Begin(operation, request.Variables, errors) ?? await RunAsync(operation, errors).ConfigureAwait(false);
            return outcome;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return TimedOut(plan);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            throw new OperationCanceledException(aborted);
        }
        catch (AnswerTooLargeException e)
        {
            return TooLarge(e, plan);
        }
        finally
        {
            if (outcome is not { HasData: true })
            {
                operation.Writer.Dispose();
            }
        }
    }

    private Outcome TooLarge(AnswerTooLargeException excess, OperationPlan plan)
    {
        var stored = plan.Kind == OperationKind.Mutation ? " What the mutation was to do may be done: look again, or send it again with the same command id and ask for less." : "";
        return Refuse(new Error(excess.Message + stored) { Code = "ANSWER_TOO_LARGE" }, plan.Kind == OperationKind.Mutation ? 500 : 400);
    }

    /// <summary>Variables and arguments; an answer only when they do not fit.</summary>
    private static Outcome? Begin(OperationContext operation, JsonElement variables, ErrorReport errors)
    {
        var plan = operation.Plan;
        try
        {
            if (plan.Variables.Length > 0)
            {
                operation.Variables = Preparation.Variables(plan, variables);
                for (var i = 0; i < plan.ConditionVariables.Length; i++)
                {
                    operation.Bits |= operation.Variables[plan.ConditionVariables[i]] switch
                    {
                        true => 1UL << i,
                        false => 0,
                        // A default lets the variable be nullable, and null is no answer to whether.
                        _ => throw new InputException($"Variable `{plan.Variables[plan.ConditionVariables[i]].Name}` decides on @skip or @include and must not be null."),
                    };
                }
            }

            operation.CoerceArguments();
            return null;
        }
        catch (InputException e)
        {
            var error = ErrorReport.FromInput(e);
            if (!e.InputPath.IsEmpty)
            {
                // By the specification a path is a place in the answer: where in the input, the words say.
                error = error.WithMessage($"`{string.Join('.', e.InputPath)}`: {error.Message}").WithPath(e.InputPath.Aggregate(Path.Root, (path, segment) => segment is int i ? path.Append(i) : path.Append((string)segment)));
            }

            operation.Writer.Dispose();
            errors.Add(error);
            return new(null, errors.Errors, 400);
        }
    }

    private static async ValueTask<Outcome> RunAsync(OperationContext operation, ErrorReport errors)
    {
        var root = operation.Plan.Root;
        if (operation.Plan.Requirements.Length > 0)
        {
            operation.Refusals = await Authorization.RefusalsAsync(operation).ConfigureAwait(false);
            if (Authorization.Refused(operation, errors) is { } refused)
            {
                return refused;
            }
        }

        var resolution = new Resolution(operation);
        if (operation.Plan.Kind == OperationKind.Mutation)
        {
            return await SeriallyAsync(operation, resolution, errors).ConfigureAwait(false);
        }

        var node = resolution.Begin(RootValue, root);
        await resolution.RunAsync().ConfigureAwait(false);
        return Write(operation, errors, node);
    }

    /// <summary>Each field of a mutation is finished, with all below it, before the next begins.</summary>
    private static async ValueTask<Outcome> SeriallyAsync(OperationContext operation, Resolution resolution, ErrorReport errors)
    {
        var (root, output) = (operation.Plan.Root, operation.Writer);
        var node = new ResultNode(RootValue, root);
        var writer = new ResultWriter(operation, errors);
        output.Raw("{\"data\":"u8);
        var separator = (byte)'{';
        foreach (var field in root.Fields)
        {
            if (!field.IsIncluded(operation.Bits))
            {
                continue;
            }

            if (field.Slot >= 0)
            {
                resolution.Start(node, field);
                await resolution.RunAsync().ConfigureAwait(false);
            }

            output.Raw(separator);
            output.Raw(field.Key.AsSpan(1));
            separator = (byte)',';
            var isWhole = writer.Field(RootValue, root, node, field);
            operation.ForgetLoaded();
            if (!isWhole)
            {
                output.Truncate(0);
                output.Raw("{\"data\":null}"u8);
                return new(output, errors.Errors);
            }
        }

        output.Raw(separator == '{' ? "{}}"u8 : "}}"u8);
        return new(output, errors.Errors);
    }

    private static Outcome Write(OperationContext operation, ErrorReport errors, ResultNode? node)
    {
        var output = operation.Writer;
        output.Raw("{\"data\":"u8);
        var start = output.Position;
        if (!new ResultWriter(operation, errors).Object(RootValue, operation.Plan.Root, node))
        {
            output.Truncate(start);
            output.Null();
        }

        output.Raw((byte)'}');
        return new(output, errors.Errors);
    }

    private ErrorReport Report(Document? document) => new(_filters, Registrations.Request.IncludeExceptionDetails, document);
}
