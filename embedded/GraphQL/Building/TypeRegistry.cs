using System.Reflection;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>Finds or makes the GraphQL type of a C# type; what it made waits in a queue for its fields.</summary>
internal sealed class TypeRegistry
{
    private readonly Dictionary<string, NamedType> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<(Type, bool), NamedType> _byClr = [];

    public Queue<NamedType> Unfinished { get; } = [];

    public IEnumerable<NamedType> All => _byName.Values;

    public NamedType? Find(string name) => _byName.GetValueOrDefault(name);

    public ScalarType Scalar(string name)
    {
        if (!_byName.TryGetValue(name, out var type))
        {
            _byName[name] = type = Scalars.Create(name);
        }

        return (ScalarType)type;
    }

    public T Add<T>(T type)
        where T : NamedType
    {
        if (!_byName.TryAdd(type.Name, type))
        {
            throw new InvalidOperationException($"Two types are called {type.Name}: {_byName[type.Name].RuntimeType} and {type.RuntimeType}.");
        }

        return type;
    }

    public void Bind(Type clr, bool isInput, NamedType type) => _byClr[(clr, isInput)] = type;

    public NamedType Named(Type clr, bool isInput)
    {
        clr = ClrTypes.Bare(clr);
        if (Scalars.NameOf(clr) is { } scalar)
        {
            return Scalar(scalar);
        }

        // An enum is the same type on both sides.
        isInput &= !clr.IsEnum;
        if (_byClr.TryGetValue((clr, isInput), out var known))
        {
            return known;
        }

        if (clr == typeof(object) || clr.IsPrimitive || clr.IsPointer)
        {
            throw new InvalidOperationException($"{clr} has no GraphQL type.");
        }

        var made = Make(clr, isInput);
        made.RuntimeType = clr;
        made.Description = clr.GetCustomAttribute<GraphQLDescriptionAttribute>()?.Description ?? XmlDocumentation.Summary(clr);
        _byClr[(clr, isInput)] = Add(made);
        Unfinished.Enqueue(made);
        return made;
    }

    private static NamedType Make(Type clr, bool isInput)
    {
        if (clr.IsEnum)
        {
            return Enum(clr);
        }

        if (isInput)
        {
            return new InputObjectType(Naming.Input(clr)) { IsOneOf = clr.IsDefined(typeof(OneOfAttribute)) };
        }

        if (clr.IsDefined(typeof(UnionTypeAttribute), false))
        {
            return new UnionType(Naming.Output(clr));
        }

        return clr.IsInterface || clr.IsAbstract ? new InterfaceType(Naming.Output(clr)) : new ObjectType(Naming.Output(clr));
    }

    private static EnumType Enum(Type clr)
    {
        var type = new EnumType(Naming.Output(clr));
        foreach (var value in clr.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => !f.IsDefined(typeof(GraphQLIgnoreAttribute))))
        {
            type.AddValue(new EnumValueDefinition(Naming.EnumValue(value), value.GetValue(null)!)
            {
                Description = value.GetCustomAttribute<GraphQLDescriptionAttribute>()?.Description ?? XmlDocumentation.Summary(value),
                DeprecationReason = Deprecation(value),
            });
        }

        return type;
    }

    public static string? Deprecation(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(typeof(GraphQLDeprecatedAttribute), true).OfType<GraphQLDeprecatedAttribute>().FirstOrDefault()?.DeprecationReason
        ?? member.GetCustomAttributes(typeof(ObsoleteAttribute), true).OfType<ObsoleteAttribute>().FirstOrDefault()?.Message;

    /// <summary>The type with its wrappers, as C#'s nullability says.</summary>
    public GraphQLType Wrapped(Type clr, NullabilityInfo nullability, bool isInput, NamedType? leaf = null)
    {
        if (ClrTypes.IsAwaited(clr) && clr.IsGenericType)
        {
            return Wrapped(clr.GetGenericArguments()[0], nullability.GenericTypeArguments[0], isInput, leaf);
        }

        var isNullable = Nullable.GetUnderlyingType(clr) is not null
            || (!clr.IsValueType && nullability.ReadState != NullabilityState.NotNull);
        GraphQLType type;
        if (ClrTypes.ElementOf(clr) is { } element)
        {
            var inner = clr.IsArray ? nullability.ElementType : nullability.GenericTypeArguments.Length == 1 ? nullability.GenericTypeArguments[0] : null;
            type = inner is null
                ? (leaf ?? Named(element, isInput)).NonNull.List
                : Wrapped(element, inner, isInput, leaf).List;
        }
        else
        {
            type = leaf ?? Named(clr, isInput);
        }

        return isNullable ? type : type.NonNull;
    }
}
