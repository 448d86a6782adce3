using System.Text.Json;
using OnlineSafetyTrust.Embedded.GraphQL.Building;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;
using OnlineSafetyTrust.Embedded.GraphQL.Validation;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>From bytes to a plan: the cache, or parse, validate, compile. Failures are request errors.</summary>
internal sealed class Preparation(Schema schema, Registrations registrations)
{
    private readonly DocumentCache _cache = new();
    private readonly ValidationLimits _limits = ValidationLimits.Default with
    {
        AllowIntrospection = !registrations.IntrospectionDisabled,
        MaxDepth = registrations.MaxDepth ?? ValidationLimits.Default.MaxDepth,
    };

    public OperationPlan? Prepare(CachedDocument? known, ReadOnlyMemory<byte> source, string? operationName, ErrorReport errors)
    {
        if ((known ?? Read(source, errors)) is not { } cached)
        {
            return null;
        }

        return cached.Plans.TryGetValue(operationName ?? "", out var plan) ? plan : Compile(cached, operationName, errors);
    }

    /// <summary>Prepares every operation of a document, as if each had been asked.</summary>
    public void Inspect(ReadOnlyMemory<byte> source, ErrorReport errors)
    {
        if (Read(source, errors) is { } cached)
        {
            foreach (var operation in cached.Document.Operations)
            {
                Compile(cached, operation.Name?.Value, errors);
            }
        }
    }

    public CachedDocument? Recall(ReadOnlySpan<byte> source) => _cache.TryGet(source, out var cached) ? cached : null;

    /// <summary>From the cache, or parsed and validated; null: refused.</summary>
    private CachedDocument? Read(ReadOnlyMemory<byte> source, ErrorReport errors)
    {
        if (_cache.TryGet(source.Span, out var cached))
        {
            return cached;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        if (Parse(source, errors) is not { } document)
        {
            return null;
        }

        cached = new(document, GC.GetAllocatedBytesForCurrentThread() - before);
        if (!IsValid(document, errors))
        {
            return null;
        }

        _cache.Add(cached);
        return cached;
    }

    /// <summary>What costs too much is never compiled, and so never kept.</summary>
    private OperationPlan? Compile(CachedDocument cached, string? operationName, ErrorReport errors)
    {
        if (Choose(cached.Document, operationName, errors) is not { } operation)
        {
            return null;
        }

        var cost = CostEstimate.Of(schema, cached.Document, operation, registrations.Cost);
        if (registrations.Cost.EnforceCostLimits && Excess(cost) is { } excess)
        {
            errors.Add(excess);
            return null;
        }

        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var plan = PlanCompiler.Compile(schema, cached.Document, operation, cost, bytes => _cache.Grow(cached, bytes));
            _cache.Grow(cached, GC.GetAllocatedBytesForCurrentThread() - before);
            return cached.Plans.GetOrAdd(operationName ?? "", plan);
        }
        catch (InputException e)
        {
            errors.Add(ErrorReport.FromInput(e).WithLocations([ErrorReport.Locate(cached.Document, operation)]));
            return null;
        }
    }

    public static VariableValues Variables(OperationPlan plan, JsonElement given)
    {
        var values = new object?[plan.Variables.Length];
        var known = new bool[values.Length];
        var members = InputCoercion.Members(given, plan.VariablePlaces);
        for (var i = 0; i < values.Length; i++)
        {
            var variable = plan.Variables[i];
            var json = members[i];
            if (json.ValueKind == JsonValueKind.Undefined)
            {
                known[i] = variable.HasDefault;
                values[i] = variable.HasDefault || !variable.Type.IsNonNull ? variable.Default : throw Missing(variable);
                continue;
            }

            known[i] = true;
            if (json.ValueKind == JsonValueKind.Null && variable.Type.IsNonNull)
            {
                throw Missing(variable);
            }

            try
            {
                values[i] = InputCoercion.FromJson(json, variable.Type);
            }
            catch (InputException e)
            {
                e.Coordinate ??= variable.Name;
                e.FieldType ??= variable.Type.Named.Name;
                throw e.Under(variable.Name);
            }
        }

        return new(plan, values, known);
    }

    private static InputException Missing(VariablePlan variable) => new($"Variable `{variable.Name}` is required.")
    {
        Code = "HC0018",
        More = System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty.Add("variable", variable.Name),
    };

    private static Document? Parse(ReadOnlyMemory<byte> source, ErrorReport errors)
    {
        try
        {
            return Parser.Parse(source);
        }
        catch (SyntaxException e)
        {
            errors.Add(e.Error, "HC0014");
            return null;
        }
    }

    private bool IsValid(Document document, ErrorReport errors)
    {
        foreach (var error in Validator.Validate(document, schema, _limits))
        {
            errors.Add(error, null);
        }

        return errors.Errors.Count == 0;
    }

    private static OperationDefinitionNode? Choose(Document document, string? name, ErrorReport errors)
    {
        var operations = document.Operations;
        if (string.IsNullOrEmpty(name))
        {
            if (operations.Length == 1)
            {
                return operations[0];
            }

            errors.Add(new Error(operations.IsEmpty ? "The document has no operation." : "The document has several operations: say which by `operationName`."));
            return null;
        }

        foreach (var operation in operations)
        {
            if (operation.Name?.Value == name)
            {
                return operation;
            }
        }

        errors.Add(new Error("The document has no operation of the name asked for."));
        return null;
    }

    private Error? Excess(CostEstimate cost)
    {
        var (what, actual, max) = cost.Fields > registrations.Cost.MaxFieldCost ? ("field", cost.Fields, registrations.Cost.MaxFieldCost)
            : cost.Types > registrations.Cost.MaxTypeCost ? ("type", cost.Types, registrations.Cost.MaxTypeCost)
            : default;
        return what is null ? null : (Error)new Error($"The maximum allowed {what} cost was exceeded.") { Code = "HC0047" }
            .SetExtension($"{what}Cost", actual).SetExtension($"max{char.ToUpperInvariant(what[0])}{what[1..]}Cost", max);
    }
}
