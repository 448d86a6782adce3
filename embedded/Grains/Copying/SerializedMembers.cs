using System.Reflection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Which members of a marked type Orleans would send: those with [Id] and the positional ones of records.</summary>
internal static class SerializedMembers
{
    public const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static string NameOf(FieldInfo field) =>
        field.Name is ['<', .. var rest] && rest.IndexOf('>') is var end and > 0 ? rest[..end] : field.Name;

    public static bool Crosses(FieldInfo field)
    {
        var type = field.DeclaringType!;
        var name = NameOf(field);
        return field.IsDefined(typeof(IdAttribute))
            || (type.GetProperty(name, Own)?.IsDefined(typeof(IdAttribute)) ?? false)
            || (IsRecord(type) && IsPositional(type, name));
    }

    public static bool IsImmutable(FieldInfo field) =>
        field.IsDefined(typeof(ImmutableAttribute))
        || (field.DeclaringType!.GetProperty(NameOf(field), Own)?.IsDefined(typeof(ImmutableAttribute)) ?? false);

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Own) is not null;

    private static bool IsPositional(Type type, string member) =>
        type.GetConstructors(Own).Any(constructor => constructor.GetParameters().Any(parameter => parameter.Name == member));
}
