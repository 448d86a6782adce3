using OnlineSafetyTrust.Embedded.GraphQL.Building;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Introspection;

internal sealed record MetaFields(FieldDefinition Typename, FieldDefinition Schema, FieldDefinition Type);

internal enum TypeKind { Scalar, Object, Interface, Union, Enum, InputObject, List, NonNull }

/// <summary>The schema's own schema, resolved over the schema model like any other objects.</summary>
internal sealed class IntrospectionTypes
{
    private readonly TypeRegistry _types;
    private readonly GraphQLType _text;
    private readonly GraphQLType _yes;
    private readonly ObjectType _schema;
    private readonly ObjectType _type;
    private readonly ObjectType _field;
    private readonly ObjectType _input;
    private readonly ObjectType _value;
    private readonly ObjectType _directive;
    private readonly EnumType _kind;
    private readonly EnumType _location;

    private IntrospectionTypes(TypeRegistry types)
    {
        _types = types;
        (_text, _yes) = (types.Scalar("String"), types.Scalar("Boolean"));
        (_schema, _type, _field) = (Add("__Schema"), Add("__Type"), Add("__Field"));
        (_input, _value, _directive) = (Add("__InputValue"), Add("__EnumValue"), Add("__Directive"));
        _kind = AddEnum<TypeKind>("__TypeKind");
        _location = AddEnum<DirectiveLocations>("__DirectiveLocation");
    }

    public static MetaFields Build(TypeRegistry types)
    {
        var made = new IntrospectionTypes(types);
        made.SchemaFields();
        made.TypeFields();
        made.MemberFields();
        var typename = Field<object>("__typename", made._text.NonNull, _ => throw new InvalidOperationException("Written by the executor."));
        var schema = new FieldDefinition("__schema", made._schema.NonNull) { Source = new SyncSource<object>((_, _, operation) => operation.Schema, null) };
        var type = new FieldDefinition("__type", made._type) { Source = new SyncSource<object?>((_, arguments, operation) => operation.Schema.FindType((string)arguments[0]!), null) };
        type.AddArgument(new InputValueDefinition("name", made._text.NonNull) { RuntimeType = typeof(string) });
        return new(typename, schema, type);
    }

    private void SchemaFields()
    {
        Leaf<Schema, string?>(_schema, "description", _text, _ => null);
        Add<Schema>(_schema, "types", _type.NonNull.List.NonNull, s => s.Types);
        Add<Schema>(_schema, "queryType", _type.NonNull, s => s.Query);
        Add<Schema>(_schema, "mutationType", _type, s => s.Mutation);
        Add<Schema>(_schema, "subscriptionType", _type, s => s.Subscription);
        Add<Schema>(_schema, "directives", _directive.NonNull.List.NonNull, s => s.Directives);
    }

    private void TypeFields()
    {
        Leaf<GraphQLType, TypeKind>(_type, "kind", _kind.NonNull, KindOf);
        Leaf<GraphQLType, string?>(_type, "name", _text, t => (t as NamedType)?.Name);
        Leaf<GraphQLType, string?>(_type, "description", _text, t => (t as NamedType)?.Description);
        Leaf<GraphQLType, string?>(_type, "specifiedByURL", _text, t => (t as ScalarType)?.SpecifiedBy);
        Filtered<GraphQLType>(_type, "fields", _field.NonNull.List, (t, all) => (t as FieldsType)?.Fields.Where(f => all || f.DeprecationReason is null));
        Add<GraphQLType>(_type, "interfaces", _type.NonNull.List, t => (t as FieldsType)?.Interfaces);
        _type.SetField(new FieldDefinition("possibleTypes", _type.NonNull.List)
        {
            Source = new SyncSource<object?>((t, _, operation) => t is NamedType { IsAbstract: true } type ? operation.Schema.PossibleTypes(type) : null, null),
        });
        Filtered<GraphQLType>(_type, "enumValues", _value.NonNull.List, (t, all) => (t as EnumType)?.Values.Where(v => all || v.DeprecationReason is null));
        Filtered<GraphQLType>(_type, "inputFields", _input.NonNull.List, (t, all) => (t as InputObjectType)?.Fields.Where(v => all || v.DeprecationReason is null));
        Add<GraphQLType>(_type, "ofType", _type, t => t is ListType l ? l.OfType : (t as NonNullType)?.OfType);
        Leaf<GraphQLType, bool?>(_type, "isOneOf", _yes, t => (t as InputObjectType)?.IsOneOf);
    }

    private void MemberFields()
    {
        Leaf<FieldDefinition, string?>(_field, "name", _text.NonNull, f => f.Name);
        Leaf<FieldDefinition, string?>(_field, "description", _text, f => f.Description);
        Filtered<FieldDefinition>(_field, "args", _input.NonNull.List.NonNull, (f, all) => f.Arguments.Where(a => all || a.DeprecationReason is null));
        Add<FieldDefinition>(_field, "type", _type.NonNull, f => f.Type);
        Deprecation<FieldDefinition>(_field, f => f.DeprecationReason);

        Leaf<InputValueDefinition, string?>(_input, "name", _text.NonNull, v => v.Name);
        Leaf<InputValueDefinition, string?>(_input, "description", _text, v => v.Description);
        Add<InputValueDefinition>(_input, "type", _type.NonNull, v => v.Type);
        Leaf<InputValueDefinition, string?>(_input, "defaultValue", _text, v => v.DefaultLiteral);
        Deprecation<InputValueDefinition>(_input, v => v.DeprecationReason);

        Leaf<EnumValueDefinition, string?>(_value, "name", _text.NonNull, v => v.Name);
        Leaf<EnumValueDefinition, string?>(_value, "description", _text, v => v.Description);
        Deprecation<EnumValueDefinition>(_value, v => v.DeprecationReason);

        Leaf<DirectiveDefinition, string?>(_directive, "name", _text.NonNull, d => d.Name);
        Leaf<DirectiveDefinition, string?>(_directive, "description", _text, d => d.Description);
        Leaf<DirectiveDefinition, bool>(_directive, "isRepeatable", _yes.NonNull, d => d.IsRepeatable);
        _directive.SetField(new FieldDefinition("locations", _location.NonNull.List.NonNull)
        {
            Source = new SyncSource<object>((d, _, _) => Locations((DirectiveDefinition)d!), null)
            {
                Leaf = LeafWriters.Boxed(typeof(DirectiveLocations), LeafWriters.For(typeof(DirectiveLocations), _location, null)),
            },
        });
        Filtered<DirectiveDefinition>(_directive, "args", _input.NonNull.List.NonNull, (d, all) => d.Arguments.Where(a => all || a.DeprecationReason is null));
    }

    private static object[] Locations(DirectiveDefinition directive) =>
        [.. Enum.GetValues<DirectiveLocations>().Where(l => l != 0 && directive.Locations.HasFlag(l)).Cast<object>()];

    private static TypeKind KindOf(GraphQLType type) => type switch
    {
        ScalarType => TypeKind.Scalar,
        ObjectType => TypeKind.Object,
        InterfaceType => TypeKind.Interface,
        UnionType => TypeKind.Union,
        EnumType => TypeKind.Enum,
        InputObjectType => TypeKind.InputObject,
        ListType => TypeKind.List,
        _ => TypeKind.NonNull,
    };

    private ObjectType Add(string name) => _types.Add(new ObjectType(name) { IsBuiltIn = true });

    private EnumType AddEnum<T>(string name)
        where T : struct, Enum
    {
        var type = _types.Add(new EnumType(name) { IsBuiltIn = true });
        foreach (var value in Enum.GetValues<T>().Where(v => v.ToString() != "None"))
        {
            type.AddValue(new EnumValueDefinition(Naming.ScreamingSnake(value.ToString()), value));
        }

        return type;
    }

    private void Deprecation<T>(ObjectType type, Func<T, string?> reason)
        where T : class
    {
        Leaf<T, bool>(type, "isDeprecated", _yes.NonNull, o => reason(o) is not null);
        Leaf(type, "deprecationReason", _text, reason);
    }

    private static void Add<T>(ObjectType type, string name, GraphQLType of, Func<T, object?> get)
        where T : class => type.SetField(Field(name, of, get));

    private static FieldDefinition Field<T>(string name, GraphQLType of, Func<T, object?> get)
        where T : class => new(name, of) { Source = new SyncSource<object?>((parent, _, _) => get((T)parent!), null) };

    private void Filtered<T>(ObjectType type, string name, GraphQLType of, Func<T, bool, object?> get)
        where T : class
    {
        var field = new FieldDefinition(name, of)
        {
            Source = new SyncSource<object?>((parent, arguments, _) => get((T)parent!, arguments[0] is true), null),
        };
        field.AddArgument(new InputValueDefinition("includeDeprecated", _yes) { DefaultLiteral = "false", DefaultValue = false, RuntimeType = typeof(bool?) });
        type.SetField(field);
    }

    private static void Leaf<T, TValue>(ObjectType type, string name, GraphQLType of, Func<T, TValue> get)
        where T : class
    {
        var write = LeafWriters.For(typeof(TValue), of.Named, null);
        type.SetField(new FieldDefinition(name, of)
        {
            Source = new SyncSource<TValue>((parent, _, _) => get((T)parent!), (LeafWrite<TValue>)write) { Leaf = LeafWriters.Boxed(typeof(TValue), write) },
        });
    }
}
