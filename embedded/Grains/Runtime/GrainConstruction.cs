using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Compiles how a grain class is made: its constructor with services, context and state facets.</summary>
internal static class GrainConstruction
{
    public static Func<Activation, object> Of(Type grain, Func<Type, bool> isSingleton)
    {
        var constructors = grain.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);
        var constructor = constructors.Where(candidate => candidate.IsPublic).DefaultIfEmpty(constructors[0])
            .MaxBy(candidate => candidate.GetParameters().Length)!;
        var activation = Expression.Parameter(typeof(Activation));
        var arguments = constructor.GetParameters().Select(parameter => Expression.Convert(
            Expression.Invoke(Expression.Constant(SourceOf(parameter, isSingleton)), activation), parameter.ParameterType));
        return Expression.Lambda<Func<Activation, object>>(Expression.New(constructor, arguments), activation).Compile();
    }

    private static Func<Activation, object?> SourceOf(ParameterInfo parameter, Func<Type, bool> isSingleton)
    {
        var type = parameter.ParameterType;
        if (type == typeof(IGrainContext))
        {
            return activation => activation;
        }

        if (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(IPersistentState<>))
        {
            return PersistentStates.Source(parameter);
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { Key: { } key })
        {
            return activation => activation.ActivationServices.GetRequiredKeyedService(type, key);
        }

        // A scope per activation costs more than the activation; only grains that need one get one.
        Func<Activation, IServiceProvider> provider = isSingleton(type)
            ? activation => activation.Silo.Services
            : activation => activation.ActivationServices;
        return parameter.HasDefaultValue
            ? activation => provider(activation).GetService(type) ?? parameter.DefaultValue
            : activation => provider(activation).GetRequiredService(type);
    }
}
