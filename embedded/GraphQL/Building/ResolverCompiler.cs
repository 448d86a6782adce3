using System.Linq.Expressions;
using System.Reflection;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>Compiles methods and properties into delegates once, so that no request pays for reflection.</summary>
internal sealed class ResolverCompiler(IServiceProviderIsService? isService)
{
    private static readonly ParameterExpression Parent = Expression.Parameter(typeof(object), "parent");
    private static readonly ParameterExpression Arguments = Expression.Parameter(typeof(object[]), "arguments");
    private static readonly ParameterExpression Operation = Expression.Parameter(typeof(OperationContext), "operation");
    private readonly List<Type> _loaders = [];

    public IReadOnlyList<Type> DataLoaders => _loaders;

    /// <summary>True for parameters the schema shows.</summary>
    public bool IsArgument(ParameterInfo parameter) =>
        parameter.ParameterType != typeof(CancellationToken)
        && parameter.ParameterType != typeof(ClaimsPrincipal)
        && parameter.ParameterType != typeof(IServiceProvider)
        && !parameter.IsDefined(typeof(ParentAttribute))
        && !parameter.IsDefined(typeof(EventMessageAttribute))
        && !parameter.IsDefined(typeof(ServiceAttribute))
        && !parameter.IsDefined(typeof(FromKeyedServicesAttribute))
        && !typeof(IDataLoader).IsAssignableFrom(parameter.ParameterType)
        && !IsService(parameter.ParameterType);

    public static FieldSource Property(PropertyInfo property, NamedType type, string? idOf) =>
        Source(Expression.Property(Expression.Convert(Parent, property.DeclaringType!), property), property.PropertyType, type, idOf);

    /// <param name="method">The method; instance methods of the parent's own type are called on the parent.</param>
    /// <param name="ofParent">The method belongs to the object itself.</param>
    /// <param name="type">The field's type.</param>
    /// <param name="idOf">For ids: the type they name.</param>
    /// <param name="argumentOf">The number of the argument that a parameter shows as.</param>
    public FieldSource Method(MethodInfo method, bool ofParent, NamedType type, string? idOf, Func<ParameterInfo, int> argumentOf) =>
        Source(Call(method, ofParent, argumentOf), method.ReturnType, type, idOf);

    public Resolve<T> Compile<T>(MethodInfo method, Func<ParameterInfo, int> argumentOf) =>
        Expression.Lambda<Resolve<T>>(Call(method, false, argumentOf), Parent, Arguments, Operation).Compile();

    private MethodCallExpression Call(MethodInfo method, bool ofParent, Func<ParameterInfo, int> argumentOf)
    {
        var instance = method.IsStatic ? null
            : ofParent ? Expression.Convert(Parent, method.DeclaringType!)
            : Instance(method.ReflectedType ?? method.DeclaringType!);
        return Expression.Call(instance, method, method.GetParameters().Select(p => Parameter(p, argumentOf)));
    }

    private static Expression Instance(Type type)
    {
        // Without dependencies one instance serves all; with them it is made per operation.
        if (type.GetConstructor(Type.EmptyTypes) is not null && !type.IsAbstract)
        {
            return Expression.Constant(Activator.CreateInstance(type), type);
        }

        return Expression.Convert(Expression.Call(Operation, nameof(OperationContext.Instance), null, Expression.Constant(type)), type);
    }

    private Expression Parameter(ParameterInfo p, Func<ParameterInfo, int> argumentOf)
    {
        var type = p.ParameterType;
        if (type == typeof(CancellationToken))
        {
            return Expression.Property(Operation, nameof(OperationContext.Aborted));
        }

        if (type == typeof(ClaimsPrincipal))
        {
            return Expression.Call(Operation, nameof(OperationContext.RequiredUser), null);
        }

        if (type == typeof(IServiceProvider))
        {
            return Expression.Property(Operation, nameof(OperationContext.Services));
        }

        if (p.IsDefined(typeof(ParentAttribute)))
        {
            return Expression.Convert(Parent, type);
        }

        if (p.IsDefined(typeof(EventMessageAttribute)))
        {
            return Expression.Convert(Expression.Property(Operation, nameof(OperationContext.EventMessage)), type);
        }

        if (typeof(IDataLoader).IsAssignableFrom(type))
        {
            return Expression.Convert(Expression.Call(Operation, nameof(OperationContext.DataLoader), null, Expression.Constant(Loader(type))), type);
        }

        if (!IsArgument(p))
        {
            var key = p.GetCustomAttribute<FromKeyedServicesAttribute>()?.Key ?? p.GetCustomAttribute<ServiceAttribute>()?.Key;
            return Expression.Convert(
                Expression.Call(Operation, nameof(OperationContext.Service), null, Expression.Constant(type), Expression.Constant(key)), type);
        }

        var value = Expression.ArrayIndex(Arguments, Expression.Constant(argumentOf(p)));
        return type.IsValueType && Nullable.GetUnderlyingType(type) is null
            ? Expression.Condition(Expression.ReferenceEqual(value, Expression.Constant(null)), Expression.Default(type), Expression.Convert(value, type))
            : Expression.Convert(value, type);
    }

    private int Loader(Type type)
    {
        var found = _loaders.IndexOf(type);
        if (found < 0)
        {
            found = _loaders.Count;
            _loaders.Add(type);
        }

        return found;
    }

    private bool IsService(Type type) =>
        isService is not null && Scalars.NameOf(ClrTypes.Bare(type)) is null && !type.IsEnum && ClrTypes.ElementOf(type) is null && isService.IsService(type);

    private static FieldSource Source(Expression body, Type returned, NamedType type, string? idOf)
    {
        var result = ClrTypes.Result(returned);
        var item = result;
        while (ClrTypes.ElementOf(item) is { } element)
        {
            item = element;
        }

        LeafWrite<object?>? boxed = null;
        Delegate? write = null;
        if (type.IsLeaf)
        {
            var ofItem = LeafWriters.For(item, type, idOf);
            boxed = LeafWriters.Boxed(item, ofItem);
            write = item == result ? ofItem : null;
        }

        var name = result == returned ? nameof(Sync)
            : returned.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(Tasked) : nameof(ValueTasked);
        return (FieldSource)typeof(ResolverCompiler).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(result).Invoke(null, [body, write, boxed])!;
    }

    private static Resolve<T> Lambda<T>(Expression body) => Expression.Lambda<Resolve<T>>(body, Parent, Arguments, Operation).Compile();

    private static SyncSource<T> Sync<T>(Expression body, Delegate? write, LeafWrite<object?>? boxed) =>
        new(Lambda<T>(body), (LeafWrite<T>?)write) { Leaf = boxed };

    private static TaskSource<T> Tasked<T>(Expression body, Delegate? _, LeafWrite<object?>? boxed) =>
        new(Lambda<Task<T>>(body)) { Leaf = boxed };

    private static ValueTaskSource<T> ValueTasked<T>(Expression body, Delegate? _, LeafWrite<object?>? boxed) =>
        new(Lambda<ValueTask<T>>(body)) { Leaf = boxed };
}
