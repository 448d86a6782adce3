using System.Reflection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Finds the copier of a framework collection by the collection's name: List becomes ListCopy.</summary>
internal static class CollectionCopy
{
    private const BindingFlags Copiers = BindingFlags.Static | BindingFlags.Public;

    private static readonly Type[] Sources = [typeof(MutableCollections), typeof(FixedCollections)];

    /// <returns>Null when the type is no collection.</returns>
    public static Func<T, T>? For<T>()
    {
        var type = typeof(T);
        if (type.IsArray)
        {
            return type.GetArrayRank() == 1
                ? Make<T>("ArrayCopy", type.GetElementType()!)
                : throw new GrainContractException($"{type}: arrays of several dimensions are not in the slice.");
        }

        return type.IsGenericType && KnownTypes.Parts(type) is not null
            ? Make<T>($"{type.Name[..type.Name.IndexOf('`')]}Copy", type.GetGenericArguments())
            : null;
    }

    /// <summary>The type by which a runtime type is copied, where that is not itself.</summary>
    public static Type Normal(Type type)
    {
        if (KnownTypes.IsCollectionExpression(type))
        {
            return typeof(IReadOnlyList<>).MakeGenericType(type.GetGenericArguments());
        }

        while (KnownTypes.IsFrozen(type) && !type.Name.StartsWith("Frozen", StringComparison.Ordinal))
        {
            type = type.BaseType!;
        }

        return type;
    }

    private static Func<T, T>? Make<T>(string copier, params Type[] parts) =>
        Sources.Select(source => source.GetMethod(copier, Copiers)).FirstOrDefault(method => method is not null)
            ?.MakeGenericMethod(parts).CreateDelegate<Func<T, T>>();
}
