using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

internal static class TypeRelations
{
    public static ObjectType? RootOf(Schema schema, OperationKind kind) => kind switch
    {
        OperationKind.Query => schema.Query,
        OperationKind.Mutation => schema.Mutation,
        _ => schema.Subscription,
    };

    /// <summary>The schema's type for what is written, or null when it names none.</summary>
    public static GraphQLType? Resolve(Schema schema, TypeNode node) => node switch
    {
        NonNullTypeNode nonNull => Resolve(schema, nonNull.Inner)?.NonNull,
        ListTypeNode list => Resolve(schema, list.Element)?.List,
        _ => schema.FindType(((NamedTypeNode)node).Name),
    };

    public static NamedTypeNode NameOf(TypeNode node) => node switch
    {
        NonNullTypeNode nonNull => NameOf(nonNull.Inner),
        ListTypeNode list => NameOf(list.Element),
        _ => (NamedTypeNode)node,
    };

    /// <summary>A value of the one input type may stand where the other is expected.</summary>
    public static bool IsAssignable(GraphQLType from, GraphQLType to) => (from, to) switch
    {
        (NonNullType f, NonNullType t) => IsAssignable(f.OfType, t.OfType),
        (_, NonNullType) => false,
        (NonNullType f, _) => IsAssignable(f.OfType, to),
        (ListType f, ListType t) => IsAssignable(f.OfType, t.OfType),
        _ => ReferenceEquals(from, to),
    };

    /// <summary>An object may be of both composite types at once.</summary>
    public static bool Overlap(Schema schema, NamedType a, NamedType b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        foreach (var type in schema.PossibleTypes(a))
        {
            if (schema.IsPossible(b, type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Both fields may answer under one key: same wrappers, and the same leaf type or composite types.</summary>
    public static bool HaveSameShape(GraphQLType a, GraphQLType b)
    {
        while (true)
        {
            switch (a, b)
            {
                case (NonNullType x, NonNullType y):
                    (a, b) = (x.OfType, y.OfType);
                    break;
                case (ListType x, ListType y):
                    (a, b) = (x.OfType, y.OfType);
                    break;
                case (NamedType { IsComposite: true }, NamedType { IsComposite: true }):
                    return true;
                default:
                    return ReferenceEquals(a, b);
            }
        }
    }
}
