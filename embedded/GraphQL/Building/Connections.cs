using System.Reflection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>The types of <see cref="UsePagingAttribute"/> fields: connection, edge, page info.</summary>
internal sealed class Connections(TypeRegistry types)
{
    public ObjectType TypeOf(MethodInfo method, UsePagingAttribute paging, PagingOptions options, NullabilityInfo returned)
    {
        var clr = ClrTypes.Result(method.ReturnType);
        var nullability = ClrTypes.IsAwaited(method.ReturnType) ? returned.GenericTypeArguments[0] : returned;
        if (!ClrTypes.IsConnection(clr, out var node))
        {
            throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} uses paging: it must return Connection<T>.");
        }

        var item = nullability.GenericTypeArguments is [var only]
            ? types.Wrapped(node!, only, isInput: false)
            : types.Named(node!, isInput: false).NonNull;
        var name = paging.ConnectionName ?? Naming.Field(method) switch { var f => char.ToUpperInvariant(f[0]) + f[1..] };
        if (types.Find(name + "Connection") is ObjectType known)
        {
            return known.RuntimeType == typeof(Connection<>).MakeGenericType(node!)
                ? known
                : throw new InvalidOperationException($"Two connections are called {name}: give each its own ConnectionName.");
        }

        var open = (ObjectType)typeof(Connections).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(node!).Invoke(this, [name, item, options.IncludeTotalCount == true])!;
        return open;
    }

    private ObjectType Make<T>(string name, GraphQLType item, bool includeTotalCount)
    {
        var edge = types.Add(new ObjectType(name + "Edge") { RuntimeType = typeof(Edge<T>), Description = "An edge in a connection." });
        Property(edge, typeof(Edge<T>), nameof(Edge<T>.Cursor), types.Scalar("String").NonNull, "A cursor for use in pagination.");
        Property(edge, typeof(Edge<T>), nameof(Edge<T>.Node), item, "The item at the end of the edge.");

        var connection = types.Add(new ObjectType(name + "Connection") { RuntimeType = typeof(Connection<T>), Description = "A connection to a list of items." });
        connection.SetField(new FieldDefinition("pageInfo", PageInfo().NonNull)
        {
            Description = "Information to aid in pagination.",
            Source = new SyncSource<ConnectionPageInfo>((parent, _, _) => ((Connection<T>)parent!).Info, null),
        });
        Property(connection, typeof(Connection<T>), nameof(Connection<T>.Edges), edge.NonNull.List, "A list of edges.");
        connection.SetField(new FieldDefinition("nodes", item.List)
        {
            Description = "A flattened list of the nodes.",
            Source = new SyncSource<IReadOnlyList<T>>((parent, _, _) => ((Connection<T>)parent!).Nodes(), null) { Leaf = LeafOf(typeof(T), item) },
        });
        if (includeTotalCount)
        {
            Property(connection, typeof(Connection<T>), nameof(Connection<T>.TotalCount), types.Scalar("Int").NonNull, "Identifies the total count of items in the connection.");
        }

        return connection;
    }

    private static LeafWrite<object?>? LeafOf(Type clr, GraphQLType item) =>
        item.Named.IsLeaf ? LeafWriters.Boxed(clr, LeafWriters.For(clr, item.Named, null)) : null;

    private ObjectType PageInfo()
    {
        if (types.Find("PageInfo") is ObjectType known)
        {
            return known;
        }

        var type = types.Add(new ObjectType("PageInfo") { RuntimeType = typeof(ConnectionPageInfo), Description = "Information about pagination in a connection." });
        var (yes, text) = (types.Scalar("Boolean").NonNull, types.Scalar("String"));
        Property(type, typeof(ConnectionPageInfo), nameof(ConnectionPageInfo.HasNextPage), yes, "Indicates whether more edges exist following the set defined by the clients arguments.");
        Property(type, typeof(ConnectionPageInfo), nameof(ConnectionPageInfo.HasPreviousPage), yes, "Indicates whether more edges exist prior the set defined by the clients arguments.");
        Property(type, typeof(ConnectionPageInfo), nameof(ConnectionPageInfo.StartCursor), text, "When paginating backwards, the cursor to continue.");
        Property(type, typeof(ConnectionPageInfo), nameof(ConnectionPageInfo.EndCursor), text, "When paginating forwards, the cursor to continue.");
        return type;
    }

    private static void Property(ObjectType type, Type clr, string name, GraphQLType fieldType, string description)
    {
        var property = clr.GetProperty(name)!;
        type.SetField(new FieldDefinition(Naming.Field(property), fieldType)
        {
            Description = description,
            Source = ResolverCompiler.Property(property, fieldType.Named, null),
            Member = property,
        });
    }
}
