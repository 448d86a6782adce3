using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>Variables of @skip and @include that must be true, and that must be false, as bits.</summary>
internal readonly record struct Condition(ulong True, ulong False)
{
    public bool IsMet(ulong bits) => (bits & True) == True && (bits & False) == 0;

    public Condition And(Condition other) => new(True | other.True, False | other.False);
}

/// <summary>A field's type without names: how its value is written.</summary>
internal sealed class Shape(GraphQLType type)
{
    public bool IsNonNull { get; } = type.IsNonNull;

    public Shape? Item { get; } = type.Nullable is ListType list ? new(list.OfType) : null;

    public bool IsLeaf { get; } = type.Nullable is NamedType { IsLeaf: true };

    public ObjectType? Object { get; } = type.Nullable as ObjectType;
}

/// <summary>One key of the response: the fields that were merged into it.</summary>
internal sealed class PlanField(FieldDefinition definition, FieldNode node)
{
    public FieldDefinition Definition { get; } = definition;

    public FieldNode Node { get; } = node;

    public string ResponseName { get; } = node.ResponseName;

    /// <summary><c>"name":</c> with a comma before it.</summary>
    public byte[] Key { get; } = Encoding.UTF8.GetBytes($",\"{node.ResponseName}\":");

    public FieldSource Source { get; } = definition.Source!;

    public Shape Shape { get; } = new(definition.Type);

    public bool IsTypename { get; } = definition.Name == "__typename";

    public bool IsMarked { get; } = definition.IsMarked;

    public int[] Requirements { get; } = definition.Requirements;

    public Condition Condition { get; init; }

    /// <summary>Conditions of the places before this one that the same field may take instead.</summary>
    public ReadOnlyMemory<Condition> Before { get; init; }

    public ArgumentPlan Arguments { get; init; } = ArgumentPlan.None;

    public Selection? Selection { get; init; }

    /// <summary>Its place among the values that are resolved before writing; -1 when it is resolved while writing.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>The same bytes whenever it is written: introspection without variables.</summary>
    public byte[]? Constant { get; set; }

    public bool IsConstant { get; init; }

    public bool IsIncluded(ulong bits)
    {
        if (!Condition.IsMet(bits))
        {
            return false;
        }

        foreach (var earlier in Before.Span)
        {
            if (earlier.IsMet(bits))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The fields of one object type at one place.</summary>
internal sealed class ObjectSet
{
    public ObjectSet(ObjectType type, PlanField[] fields)
    {
        (Type, Fields) = (type, fields);
        QuotedName = Encoding.UTF8.GetBytes($"\"{type.Name}\"");
        Deferred = [.. fields.Where(f => !f.IsTypename && (f.Source.IsAsync || f.Selection?.MayDefer == true))];
        for (var i = 0; i < Deferred.Length; i++)
        {
            Deferred[i].Slot = i;
        }
    }

    public ObjectType Type { get; }

    public PlanField[] Fields { get; }

    /// <summary>Fields that are async or have async fields below: resolved, breadth first, before anything is written.</summary>
    public PlanField[] Deferred { get; }

    public byte[] QuotedName { get; }
}

/// <summary>What is selected below a field, compiled for each object type when one is first met.</summary>
internal sealed class Selection
{
    private readonly PlanCompiler _compiler;
    private readonly List<(SelectionSetNode Set, Condition Condition)> _parts;
    private readonly ObjectSet? _only;
    private readonly ObjectSet?[]? _sets;

    public Selection(PlanCompiler compiler, NamedType type, List<(SelectionSetNode Set, Condition Condition)> parts)
    {
        (_compiler, _parts) = (compiler, parts);
        if (type is ObjectType only)
        {
            _only = compiler.Compile(only, parts);
            MayDefer = _only.Deferred.Length > 0;
        }
        else
        {
            // Not compiled ahead for every possible type: nested interfaces would multiply.
            _sets = new ObjectSet?[compiler.Schema.ObjectTypes.Count];
            MayDefer = true;
        }
    }

    public bool MayDefer { get; }

    public ObjectSet For(ObjectType type) => _only ?? _sets![type.Index] ?? Compile(type);

    private ObjectSet Compile(ObjectType type)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var made = _compiler.Compile(type, _parts);
        _compiler.Grew(GC.GetAllocatedBytesForCurrentThread() - before);
        return Interlocked.CompareExchange(ref _sets![type.Index], made, null) ?? made;
    }
}

/// <summary>An operation, ready to be executed any number of times at once.</summary>
internal sealed class OperationPlan
{
    public required OperationKind Kind { get; init; }

    public required string? Name { get; init; }

    public required Document Document { get; init; }

    public required ObjectSet Root { get; init; }

    public required VariablePlan[] Variables { get; init; }

    /// <summary>Place of each variable by its name.</summary>
    public required IReadOnlyDictionary<string, int> VariablePlaces { get; init; }

    /// <summary>The variables of @skip and @include by bit.</summary>
    public required int[] ConditionVariables { get; init; }

    /// <summary>Arguments that depend on variables, by slot.</summary>
    public required ArgumentPlan[] Arguments { get; init; }

    /// <summary>Who must be asked about the user before execution.</summary>
    public required int[] Requirements { get; init; }

    public required CostEstimate Cost { get; init; }
}

internal sealed record VariablePlan(string Name, GraphQLType Type, bool HasDefault, object? Default, int Offset, VariableDefinitionNode Node);
