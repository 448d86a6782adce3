using System.Reflection;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>Makes arguments and input objects.</summary>
internal sealed class InputFactory(TypeRegistry types, Registrations registrations)
{
    private readonly NullabilityInfoContext _nullability = new();

    public InputValueDefinition Argument(ParameterInfo parameter)
    {
        var type = Type(parameter.ParameterType, _nullability.Create(parameter), Id(parameter));
        var argument = new InputValueDefinition(Naming.Argument(parameter), type)
        {
            Description = parameter.GetCustomAttribute<GraphQLDescriptionAttribute>()?.Description ?? XmlDocumentation.Summary(parameter),
            DeprecationReason = TypeRegistry.Deprecation(parameter),
        };
        SetDefault(argument, parameter.GetCustomAttribute<DefaultValueAttribute>() is { } attribute ? attribute.Value
            : parameter.HasDefaultValue ? parameter.DefaultValue : null, parameter.IsDefined(typeof(DefaultValueAttribute)));
        Bind(argument, parameter.ParameterType, Id(parameter));
        return argument;
    }

    public void Finish(InputObjectType type)
    {
        var clr = type.RuntimeType!;
        var made = new List<(PropertyInfo, InputValueDefinition)>();
        foreach (var property in clr.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
        {
            var isPositional = clr.GetConstructors().Any(c => Array.Exists(c.GetParameters(), p => p.Name == property.Name));
            if (property.IsDefined(typeof(GraphQLIgnoreAttribute)) || (!property.CanWrite && !isPositional))
            {
                continue;
            }

            var id = property.GetCustomAttribute<IDAttribute>();
            var field = new InputValueDefinition(Naming.Field(property), Type(property.PropertyType, _nullability.Create(property), id))
            {
                Description = property.GetCustomAttribute<GraphQLDescriptionAttribute>()?.Description ?? XmlDocumentation.Summary(property),
                DeprecationReason = TypeRegistry.Deprecation(property),
            };
            var positional = clr.GetConstructors().SelectMany(c => c.GetParameters()).FirstOrDefault(p => p.Name == property.Name && p.HasDefaultValue);
            var marks = FieldMark.Of(property, registrations).ToArray();
            field.Directives.AddRange(marks);
            field.IsMarked = marks.Length > 0;
            SetDefault(field, property.GetCustomAttribute<DefaultValueAttribute>() is { } attribute ? attribute.Value : positional?.DefaultValue,
                property.IsDefined(typeof(DefaultValueAttribute)));
            Bind(field, property.PropertyType, id);
            type.AddField(field);
            made.Add((property, field));
        }

        type.Construct = InputConversion.Constructor(clr, made);
    }

    private GraphQLType Type(Type clr, NullabilityInfo nullability, IDAttribute? id) =>
        types.Wrapped(clr, nullability, isInput: true, id is null ? null : types.Scalar("ID"));

    private static IDAttribute? Id(ParameterInfo parameter) => parameter.GetCustomAttribute<IDAttribute>();

    private void Bind(InputValueDefinition input, Type clr, IDAttribute? id)
    {
        input.RuntimeType = clr;
        input.IdOf = id is null || !registrations.GlobalIds ? null : id.TypeName ?? "";
        input.Convert = InputConversion.For(input.Type, clr, input.IdOf);
    }

    private static void SetDefault(InputValueDefinition input, object? value, bool isExplicit)
    {
        if (value is null && !(isExplicit && !input.Type.IsNonNull))
        {
            return;
        }

        if (value is not null && input.Type.Named is EnumType { RuntimeType: { } clr } && value.GetType() != clr)
        {
            value = Enum.ToObject(clr, value);
        }

        input.DefaultValue = value;
        input.DefaultLiteral = Literals.Of(value, input.Type);
    }
}
