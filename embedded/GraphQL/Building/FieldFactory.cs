using System.Reflection;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>Makes fields of C# members.</summary>
internal sealed class FieldFactory(TypeRegistry types, ResolverCompiler compiler, InputFactory inputs, Registrations registrations)
{
    private static readonly Dictionary<string, string> PageArguments = new()
    {
        ["first"] = "Returns the first _n_ elements from the list.",
        ["after"] = "Returns the elements in the list that come after the specified cursor.",
        ["last"] = "Returns the last _n_ elements from the list.",
        ["before"] = "Returns the elements in the list that come before the specified cursor.",
    };

    private readonly NullabilityInfoContext _nullability = new();
    private readonly Connections _connections = new(types);
    private readonly List<AuthorizeAttribute> _requirements = [];

    public IReadOnlyList<AuthorizeAttribute> Requirements => _requirements;

    public FieldDefinition Property(PropertyInfo property, NamedType declaring)
    {
        var id = OutputId(property, declaring);
        var type = id is null
            ? types.Wrapped(property.PropertyType, _nullability.Create(property), isInput: false)
            : types.Wrapped(property.PropertyType, _nullability.Create(property), isInput: false, types.Scalar("ID"));
        var field = new FieldDefinition(Naming.Field(property), type);
        if (declaring is ObjectType)
        {
            field.Source = ResolverCompiler.Property(property, type.Named, EncodedAs(id));
        }

        return Described(field, property);
    }

    /// <param name="method">The method.</param>
    /// <param name="declaring">The type that gets the field.</param>
    /// <param name="ofParent">The method is the object's own, not an extension's.</param>
    public FieldDefinition Method(MethodInfo method, FieldsType declaring, bool ofParent)
    {
        if (method.GetCustomAttribute<UsePagingAttribute>() is { } paging)
        {
            return Described(Connection(method, declaring, ofParent, paging), method);
        }

        var returned = _nullability.Create(method.ReturnParameter);
        var id = OutputId(method, declaring);
        var type = types.Wrapped(method.ReturnType, returned, isInput: false, id is null ? null : types.Scalar("ID"));
        if (method.IsDefined(typeof(GraphQLNonNullTypeAttribute)))
        {
            type = type.Nullable.NonNull;
        }

        var field = new FieldDefinition(Naming.Field(method), type);
        AddArguments(field, method);
        if (declaring is ObjectType)
        {
            field.Source = compiler.Method(method, ofParent, type.Named, EncodedAs(id), p => field.FindArgument(Naming.Argument(p))!.Index);
        }

        return Described(field, method);
    }

    public void AddArguments(FieldDefinition field, MethodInfo method)
    {
        foreach (var parameter in method.GetParameters().Where(compiler.IsArgument))
        {
            if (field.FindArgument(Naming.Argument(parameter)) is null)
            {
                field.AddArgument(inputs.Argument(parameter));
            }
        }
    }

    public int[] RequirementsOf(MemberInfo member) =>
        [.. member.GetCustomAttributes<AuthorizeAttribute>(true).Select(Requirement)];

    public static IEnumerable<AppliedDirective> Directives(MemberInfo member) =>
        member.GetCustomAttributes<AuthorizeAttribute>(true).Select(AuthorizeDirective.Applied);

    private FieldDefinition Connection(MethodInfo method, FieldsType declaring, bool ofParent, UsePagingAttribute paging)
    {
        var options = paging.Over(registrations.Paging);
        var type = _connections.TypeOf(method, paging, options, _nullability.Create(method.ReturnParameter));
        var field = new FieldDefinition(Naming.Field(method), type) { Paging = options };
        AddArguments(field, method);
        foreach (var name in options.AllowBackwardPagination != false ? ["first", "after", "last", "before"] : (string[])["first", "after"])
        {
            if (field.FindArgument(name) is null)
            {
                var isCount = name is "first" or "last";
                field.AddArgument(new InputValueDefinition(name, types.Scalar(isCount ? "Int" : "String")) { RuntimeType = isCount ? typeof(int?) : typeof(string) });
            }
        }

        foreach (var argument in field.Arguments)
        {
            argument.Description ??= PageArguments.GetValueOrDefault(argument.Name);
        }

        field.Source = declaring is ObjectType
            ? compiler.Method(method, ofParent, type, null, p => field.FindArgument(Naming.Argument(p))!.Index)
            : null;
        return field;
    }

    /// <summary>Null when the member is no id; else the type it names.</summary>
    private static string? OutputId(MemberInfo member, NamedType declaring)
    {
        if (member.GetCustomAttribute<IDAttribute>() is { } id)
        {
            return id.TypeName ?? declaring.Name;
        }

        // [Node] makes its key an id without saying so at the property.
        return declaring.RuntimeType?.GetCustomAttribute<NodeAttribute>() is { } node && member is PropertyInfo && member.Name == (node.IdField ?? "Id")
            ? declaring.Name
            : null;
    }

    private string? EncodedAs(string? id) => registrations.GlobalIds ? id : null;

    private FieldDefinition Described(FieldDefinition field, MemberInfo member)
    {
        field.Description = member.GetCustomAttribute<GraphQLDescriptionAttribute>()?.Description ?? XmlDocumentation.Summary(member);
        field.DeprecationReason = TypeRegistry.Deprecation(member);
        field.Requirements = RequirementsOf(member);
        field.Directives.AddRange(Directives(member));
        var marks = FieldMark.Of(member, registrations).ToArray();
        field.Directives.AddRange(marks);
        field.IsMarked = marks.Length > 0;
        field.Member = member;
        return field;
    }

    private int Requirement(AuthorizeAttribute attribute)
    {
        var found = _requirements.FindIndex(r => r.Policy == attribute.Policy && r.Apply == attribute.Apply && (r.Roles ?? []).SequenceEqual(attribute.Roles ?? []));
        if (found < 0)
        {
            found = _requirements.Count;
            _requirements.Add(attribute);
        }

        return found;
    }
}
