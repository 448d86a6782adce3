using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Introspection;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>From registrations to a schema. Anything that does not fit is an exception at the first use, naming the member.</summary>
internal sealed class SchemaBuilder
{
    private readonly Registrations _registrations;
    private readonly TypeRegistry _types = new();
    private readonly ResolverCompiler _compiler;
    private readonly FieldFactory _fields;
    private readonly InputFactory _inputs;
    private readonly Dictionary<ObjectType, NodeSource> _nodes = [];
    private readonly List<(Type Class, ExtendObjectTypeAttribute Attribute, bool Applied)> _extensions = [];

    private SchemaBuilder(Registrations registrations, IServiceProviderIsService? isService)
    {
        _registrations = registrations;
        _compiler = new(isService);
        _inputs = new(_types, registrations);
        _fields = new(_types, _compiler, _inputs, registrations);
        foreach (var extension in registrations.Extensions)
        {
            var attributes = extension.GetCustomAttributes<ExtendObjectTypeAttribute>(false).ToArray();
            if (attributes.Length == 0)
            {
                throw new InvalidOperationException($"{extension} extends no type: it has no [ExtendObjectType].");
            }

            _extensions.AddRange(attributes.Select(a => (extension, a, false)));
        }
    }

    public static Schema Build(Registrations registrations, IServiceProviderIsService? isService) => new SchemaBuilder(registrations, isService).Build();

    private Schema Build()
    {
        foreach (var scalar in (string[])["String", "Boolean", "Int", "Float", "ID"])
        {
            _types.Scalar(scalar);
        }

        var query = _types.Add(new ObjectType(OperationTypeNames.Query) { Description = "Everything that can be read." });
        var mutation = _registrations.Mutation ? _types.Add(new ObjectType(OperationTypeNames.Mutation) { Description = "Everything that can be changed." }) : null;
        var subscription = _registrations.Subscription ? _types.Add(new ObjectType(OperationTypeNames.Subscription) { Description = "Everything that is told as it happens." }) : null;
        List<DirectiveDefinition> directives = [.. BuiltInDirectives.All(_types)];
        directives.AddRange(_registrations.Marks.Select(m => m.Definition()));
        if (_registrations.Authorization)
        {
            directives.Add(AuthorizeDirective.Definition(_types));
        }

        if (_registrations.GlobalIds)
        {
            NodeFields.Add(_types, query, _nodes);
        }

        foreach (var type in _registrations.Types)
        {
            var isInput = type.IsDefined(typeof(OneOfAttribute)) || (type.Name.EndsWith("Input", StringComparison.Ordinal) && !type.IsDefined(typeof(ObjectTypeAttribute)));
            _types.Named(type, isInput);
        }

        Extend(query);
        Extend(mutation);
        Extend(subscription);
        Finish();
        foreach (var (missed, attribute, _) in _extensions.Where(e => !e.Applied))
        {
            throw new InvalidOperationException($"{missed} extends {attribute.Name ?? attribute.ExtendsType?.ToString()}, which is not in the schema.");
        }

        Link();
        var meta = IntrospectionTypes.Build(_types);
        return new Schema(query, mutation, subscription, _types.All, directives, meta.Typename, meta.Schema, meta.Type)
        {
            Requirements = [.. _fields.Requirements],
            DataLoaders = [.. _compiler.DataLoaders],
            ByRuntimeType = _types.All.OfType<ObjectType>().Where(t => t.RuntimeType is not null && !IsPage(t.RuntimeType)).ToFrozenDictionary(t => t.RuntimeType!),
        };
    }

    // Pages of one node type may have several names; they never stand behind an interface.
    private static bool IsPage(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Connection<>) || type.GetGenericTypeDefinition() == typeof(Edge<>));

    private void Finish()
    {
        while (_types.Unfinished.TryDequeue(out var type))
        {
            switch (type)
            {
                case InputObjectType input:
                    _inputs.Finish(input);
                    break;
                case FieldsType composite:
                    Members(composite);
                    Extend(composite as ObjectType);
                    break;
            }
        }
    }

    private void Members(FieldsType type)
    {
        var clr = type.RuntimeType!;
        foreach (var member in Own(clr).Where(m => !m.IsDefined(typeof(GraphQLIgnoreAttribute))))
        {
            var field = member is PropertyInfo property ? _fields.Property(property, type) : _fields.Method((MethodInfo)member, type, ofParent: true);
            type.SetField(field);
        }

        if (type is ObjectType objectType)
        {
            objectType.Requirements = _fields.RequirementsOf(clr);
            objectType.Directives.AddRange(FieldFactory.Directives(clr));
            Node(objectType, clr, clr);
        }
    }

    private IEnumerable<MemberInfo> Own(Type clr)
    {
        var ignored = _extensions.Where(e => e.Attribute.ExtendsType == clr).SelectMany(e => e.Attribute.IgnoreProperties ?? []).ToHashSet();
        var flags = BindingFlags.Public | BindingFlags.Instance;
        // An interface has what those it extends have; C# lists only its own.
        Type[] declaring = clr.IsInterface ? [clr, .. clr.GetInterfaces()] : [clr];
        var properties = declaring.SelectMany(t => t.GetProperties(flags)).Where(p => p.CanRead && p.GetIndexParameters().Length == 0);
        var methods = declaring.SelectMany(t => t.GetMethods(flags)).Where(m => !m.IsSpecialName && !m.IsGenericMethod && m.ReturnType != typeof(void)
            && m.DeclaringType != typeof(object) && m.DeclaringType != typeof(ValueType) && m.ReturnType != typeof(Task) && m.ReturnType != typeof(ValueTask)
            && m.Name is not ("ToString" or "Equals" or "GetHashCode" or "GetType" or "<Clone>$" or "CompareTo" or "Deconstruct")
            && !Array.Exists(m.GetParameters(), p => p.ParameterType.IsByRef));
        IEnumerable<MemberInfo> all = [.. properties, .. methods];
        return all.Where(m => !ignored.Contains(m.Name));
    }

    private void Extend(ObjectType? type)
    {
        if (type is null)
        {
            return;
        }

        for (var i = 0; i < _extensions.Count; i++)
        {
            var (extension, attribute, _) = _extensions[i];
            if (attribute.ExtendsType is { } clr ? clr != type.RuntimeType : attribute.Name != type.Name)
            {
                continue;
            }

            _extensions[i] = (extension, attribute, true);
            Array.ForEach(attribute.IgnoreFields ?? [], type.RemoveField);
            Extend(type, extension);
            Node(type, extension, type.RuntimeType);
        }
    }

    private void Extend(ObjectType type, Type extension)
    {
        var streams = Streams(extension);
        foreach (var method in extension.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            if (method.IsSpecialName || method.IsDefined(typeof(GraphQLIgnoreAttribute)) || method.IsDefined(typeof(NodeResolverAttribute))
                || streams.Contains(method.Name) || method.ReturnType == typeof(void) || method.Name.StartsWith('<'))
            {
                continue;
            }

            var field = _fields.Method(method, type, ofParent: false);
            if (method.GetCustomAttribute<SubscribeAttribute>() is not null)
            {
                field.Events = SubscriptionFields.Events(method, field, _compiler, _fields);
            }

            type.SetField(field);
        }

        var own = _fields.RequirementsOf(extension);
        foreach (var field in type.Fields.Where(f => f.Member?.DeclaringType == extension && !f.Member.IsDefined(typeof(AllowAnonymousAttribute))))
        {
            field.Requirements = [.. own, .. field.Requirements];
        }
    }

    private static HashSet<string> Streams(Type extension) =>
        [.. extension.GetMethods().Select(m => m.GetCustomAttribute<SubscribeAttribute>()?.With).OfType<string>()];

    private void Node(ObjectType type, Type holder, Type? clr)
    {
        if (clr is null || holder.GetCustomAttribute<NodeAttribute>() is not { } node)
        {
            return;
        }

        if (!_registrations.GlobalIds)
        {
            throw new InvalidOperationException($"{holder} is a [Node]: call AddGlobalObjectIdentification.");
        }

        _nodes[type] = NodeFields.Resolver(node.NodeResolverType ?? holder, node, type, clr, _compiler);
        var face = (InterfaceType)_types.Find("Node")!;
        if (!type.Interfaces.Contains(face))
        {
            type.Interfaces.Add(face);
        }
    }

    private void Link()
    {
        foreach (var type in _types.All.OfType<FieldsType>().Where(t => t.RuntimeType is not null))
        {
            type.Interfaces.AddRange(_types.All.OfType<InterfaceType>()
                .Where(i => i != type && i.RuntimeType?.IsAssignableFrom(type.RuntimeType) == true).OrderBy(i => i.Name, StringComparer.Ordinal));
        }

        foreach (var union in _types.All.OfType<UnionType>())
        {
            union.Members.AddRange(_types.All.OfType<ObjectType>()
                .Where(o => o.RuntimeType is not null && union.RuntimeType!.IsAssignableFrom(o.RuntimeType)).OrderBy(o => o.Name, StringComparer.Ordinal));
        }

        foreach (var empty in _types.All.OfType<FieldsType>().Where(t => t.Fields.Count == 0))
        {
            throw new InvalidOperationException($"{empty.Name} has no fields.");
        }
    }
}
