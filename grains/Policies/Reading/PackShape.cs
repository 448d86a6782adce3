using System.Reflection;
using System.Text;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies.Reading;

/// <param name="Name">In the file: camelCase.</param>
/// <param name="Type">Without <see cref="Nullable{T}"/>.</param>
/// <param name="Item">Of a list; otherwise null.</param>
internal sealed record PackProperty(string Name, Type Type, Type? Item, bool Required, ParameterInfo Parameter);

/// <summary>
/// What a pack may contain, taken from the contract records themselves: reader and schema cannot know different properties.
/// Required is what is no list, cannot be null and has no default.
/// </summary>
internal static class PackShape
{
    public static ConstructorInfo Constructor(Type record) => record.GetConstructors().Single();

    public static IReadOnlyList<PackProperty> Properties(Type record)
    {
        var nullability = new NullabilityInfoContext();
        return [.. Constructor(record).GetParameters().Where(p => !IsSetByTheProduct(record, p)).Select(p => Describe(p, nullability))];
    }

    public static bool IsRecord(Type type) => type is { IsClass: true, Namespace: "OnlineSafetyTrust.Contracts.Policies" };

    public static bool IsDictionary(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    /// <summary>How an enum's value is written in a file: <c>DailyChecks</c> is <c>daily-checks</c>, <c>Under18</c> is <c>under-18</c>.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && (char.IsUpper(name[i]) || (char.IsDigit(name[i]) && !char.IsDigit(name[i - 1]))))
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    public static string Kebab<T>(T value) where T : struct, Enum => Kebab(value.ToString());

    private static PackProperty Describe(ParameterInfo p, NullabilityInfoContext nullability)
    {
        var type = Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType;
        var item = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
        var mayBeNull = nullability.Create(p).WriteState == NullabilityState.Nullable;
        var required = item is null && !IsDictionary(type) && !mayBeNull && !p.HasDefaultValue;
        return new PackProperty(char.ToLowerInvariant(p.Name![0]) + p.Name[1..], type, item, required, p);
    }

    private static bool IsSetByTheProduct(Type record, ParameterInfo p) =>
        record.GetProperty(p.Name!)!.IsDefined(typeof(NotInPackFileAttribute));
}
