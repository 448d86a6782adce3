using System.Reflection.Emit;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>
/// Lets an emitted assembly see internal types, so that grain interfaces and contracts need not be public. The
/// runtime knows the attribute by its name; DispatchProxy does the same.
/// </summary>
internal static class ForeignAccess
{
    public static void Grant(AssemblyBuilder assembly, IEnumerable<Type> types)
    {
        var constructor = typeof(System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        foreach (var name in types.SelectMany(Parts).Select(type => type.Assembly.GetName().Name!).Distinct())
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [name]));
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : [type, .. type.GetGenericArguments().SelectMany(Parts)];
}
