using System.Reflection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>Fetches one object of a type by its decoded key.</summary>
internal sealed record NodeSource(FieldSource Source, Type KeyType, int[] Requirements);

/// <summary><c>Node</c>, <c>node(id:)</c> and <c>nodes(ids:)</c>.</summary>
internal static class NodeFields
{
    private const int MaxNodes = 100;

    public static void Add(TypeRegistry types, ObjectType query, IReadOnlyDictionary<ObjectType, NodeSource> nodes)
    {
        var id = types.Scalar("ID").NonNull;
        var face = types.Add(new InterfaceType("Node") { Description = "The node interface is implemented by entities that have a global unique identifier." });
        face.SetField(new FieldDefinition("id", id) { Description = "Its global id." });

        var node = new FieldDefinition("node", face)
        {
            Description = "Fetches an object given its ID.",
            Source = new TaskSource<object?>((_, arguments, operation) => FetchAsync(nodes, (string)arguments[0]!, operation)),
        };
        node.AddArgument(new InputValueDefinition("id", id) { RuntimeType = typeof(string), Description = "ID of the object.", Convert = Checked });
        query.SetField(node);

        var many = new FieldDefinition("nodes", face.List.NonNull)
        {
            Description = "Lookup nodes by a list of IDs.",
            SizedBy = new("ids", MaxNodes),
            Source = new TaskSource<object?[]>((_, arguments, operation) => FetchAllAsync(nodes, (object?[])arguments[0]!, operation)),
        };
        many.AddArgument(new InputValueDefinition("ids", id.List.NonNull) { RuntimeType = typeof(object[]), Description = "The list of node IDs.", Convert = CheckedAll });
        query.SetField(many);
    }

    public static NodeSource Resolver(Type holder, NodeAttribute node, ObjectType type, Type clr, ResolverCompiler compiler)
    {
        string[] usual = [node.NodeResolver ?? "", "Get", "GetAsync", $"Get{clr.Name}", $"Get{clr.Name}Async"];
        var methods = holder.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance);
        var method = Array.Find(methods, m => m.IsDefined(typeof(NodeResolverAttribute)))
            ?? Array.Find(methods, m => m.IsStatic && usual.Contains(m.Name))
            ?? throw new InvalidOperationException($"{holder} is a [Node] without [NodeResolver].");
        var keys = method.GetParameters().Where(compiler.IsArgument).ToArray();
        if (keys.Length != 1)
        {
            throw new InvalidOperationException($"{holder}.{method.Name} must take one key beside its services.");
        }

        return new(compiler.Method(method, ofParent: false, type, null, _ => 0), ClrTypes.Bare(keys[0].ParameterType), type.Requirements);
    }

    private static async Task<object?> FetchAsync(IReadOnlyDictionary<ObjectType, NodeSource> nodes, string id, OperationContext operation)
    {
        if (!NodeIds.TryParse(id, out var name, out var text)
            || operation.Schema.FindType(name) is not ObjectType type || !nodes.TryGetValue(type, out var node))
        {
            throw new GraphQLException(ErrorBuilder.New().SetMessage("There is no node resolver for this type of id.").SetCode("HC0063").Build());
        }

        if (!NodeIds.TryKey(text, node.KeyType, out var key))
        {
            return null;
        }

        var started = node.Source.Start(null, [key], operation);
        if (started is not Task task)
        {
            return started;
        }

        await task.ConfigureAwait(false);
        return node.Source.Result(task);
    }

    private static async Task<object?[]> FetchAllAsync(IReadOnlyDictionary<ObjectType, NodeSource> nodes, object?[] ids, OperationContext operation)
    {
        if (ids.Length > MaxNodes)
        {
            throw new GraphQLException(ErrorBuilder.New().SetMessage($"At most {MaxNodes} nodes may be fetched at once.").SetCode("HC0076")
                .SetExtension("requestedNodes", ids.Length).SetExtension("maxAllowedNodes", MaxNodes).Build());
        }

        return await Task.WhenAll(ids.Select(id => FetchOrFailAsync(nodes, (string)id!, operation))).ConfigureAwait(false);
    }

    /// <summary>One that cannot be fetched is null with an error; the others stay.</summary>
    private static async Task<object?> FetchOrFailAsync(IReadOnlyDictionary<ObjectType, NodeSource> nodes, string id, OperationContext operation)
    {
        try
        {
            return await FetchAsync(nodes, id, operation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !operation.Aborted.IsCancellationRequested)
        {
            return new ResultFailure(e);
        }
    }

    private static object? Checked(object? id) =>
        NodeIds.TryParse((string)id!, out _, out _)
            ? id
            : throw new InputException("The ID has an invalid format.")
            {
                IsOfRequest = true,
                More = System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty.Add("originalValue", id),
            };

    private static object? CheckedAll(object? ids)
    {
        foreach (var id in (object?[])ids!)
        {
            Checked(id);
        }

        return ids;
    }
}
