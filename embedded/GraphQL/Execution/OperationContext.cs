using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>
/// One execution of an operation. Only its own loop writes and walks; resolvers that resume on other threads reach it
/// through the batch queue, the loaders and the signal, which are safe for that.
/// </summary>
internal sealed class OperationContext : IBatchScheduler
{
    private readonly Lock _lock = new();
    private readonly IDataLoader?[] _loaders;
    private readonly object?[]?[] _arguments;
    private InputException[]? _refused;
    private HashSet<FieldDefinition>? _marked;
    private IMarkedFieldObserver? _observer;
    private Dictionary<Type, object>? _instances;
    private List<Func<ValueTask>>? _batches;

    private int _objects;

    public OperationContext(Schema schema, OperationPlan plan, IServiceProvider services, ClaimsPrincipal? user, RequestExecutorOptions options, CancellationToken aborted)
    {
        (Schema, Plan, Services, User, Aborted) = (schema, plan, services, user, aborted);
        (MostObjects, Writer) = (options.MaxAnswerObjects, new ResponseWriter(options.MaxAnswerSize));
        _loaders = schema.DataLoaders.Count == 0 ? [] : new IDataLoader?[schema.DataLoaders.Count];
        _arguments = plan.Arguments.Length == 0 ? [] : new object?[]?[plan.Arguments.Length];
    }

    public Schema Schema { get; }

    public OperationPlan Plan { get; }

    public IServiceProvider Services { get; }

    public ClaimsPrincipal? User { get; }

    public CancellationToken Aborted { get; }

    public object? EventMessage { get; init; }

    public ResponseWriter Writer { get; }

    private int MostObjects { get; }

    public VariableValues Variables { get; set; } = VariableValues.None;

    /// <summary>The values of the variables of @skip and @include.</summary>
    public ulong Bits { get; set; }

    /// <summary>By requirement; null where the user meets it, else the error's code.</summary>
    public string?[] Refusals { get; set; } = [];

    public Signal Signal { get; } = new();

    public ClaimsPrincipal RequiredUser() =>
        User ?? throw new InvalidOperationException("A resolver asks for the user, but the request carries none.");

    /// <summary>
    /// A wrong id is the request's error, as on Hot Chocolate; a null that a variable with a default lets through is
    /// the field's, as the specification has it.
    /// </summary>
    public void CoerceArguments()
    {
        for (var i = 0; i < _arguments.Length; i++)
        {
            try
            {
                _arguments[i] = Plan.Arguments[i].Coerce(Variables);
            }
            catch (InputException e) when (!e.IsOfRequest)
            {
                (_refused ??= new InputException[_arguments.Length])[i] = e;
            }
        }
    }

    public object?[] ArgumentsOf(PlanField field) =>
        field.Arguments.Constants ?? _arguments[field.Arguments.Slot] ?? throw _refused![field.Arguments.Slot];

    /// <summary>Of a field with a mark, before it is written.</summary>
    public void Answers(PlanField field, object value)
    {
        if (_marked is null)
        {
            (_marked, _observer) = ([], Services.GetService<IMarkedFieldObserver>());
        }

        _observer?.Check(value);
        if (_marked.Add(field.Definition))
        {
            _observer?.Answered(field.Definition.ToString());
        }
    }

    /// <summary>Lists within lists multiply: what an answer may hold is bounded whatever it was estimated to cost.</summary>
    public void CountObject()
    {
        if (++_objects > MostObjects)
        {
            throw new AnswerTooLargeException($"{MostObjects} objects");
        }
    }

    /// <summary>What was loaded before a mutation's next field may have been changed by the last.</summary>
    public void ForgetLoaded()
    {
        lock (_lock)
        {
            Array.Clear(_loaders);
        }
    }

    public IDataLoader DataLoader(int number)
    {
        lock (_lock)
        {
            return _loaders[number] ??= Create(Schema.DataLoaders[number]);
        }
    }

    public object Instance(Type type)
    {
        lock (_lock)
        {
            if ((_instances ??= []).TryGetValue(type, out var known))
            {
                return known;
            }

            return _instances[type] = Services.GetService(type) ?? ActivatorUtilities.CreateInstance(Services, type);
        }
    }

    public object Service(Type type, object? key) =>
        key is null ? Services.GetRequiredService(type) : Services.GetRequiredKeyedService(type, key);

    public void Schedule(Func<ValueTask> dispatch)
    {
        lock (_lock)
        {
            (_batches ??= []).Add(dispatch);
        }

        Signal.Set();
    }

    /// <summary>Starts the waiting batches; false when there are none.</summary>
    public bool Dispatch()
    {
        List<Func<ValueTask>>? batches;
        lock (_lock)
        {
            batches = _batches;
            _batches = null;
        }

        if (batches is null)
        {
            return false;
        }

        foreach (var batch in batches)
        {
            // A batch reports through its keys' tasks and never throws; there is nothing to await.
            _ = batch().AsTask();
        }

        return true;
    }

    private IDataLoader Create(Type type)
    {
        var options = new DataLoaderOptions { Aborted = Aborted };
        return (IDataLoader)ActivatorUtilities.CreateInstance(Services, type, this, options);
    }
}
