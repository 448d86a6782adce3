using System.Security.Cryptography;
using System.Text;

namespace OnlineSafetyTrust.Grains;

/// <summary>Fingerprint of a state's properties, recursively: a snapshot of another shape is ignored.</summary>
internal static class StateShape
{
    public static string Of(Type type)
    {
        var text = new StringBuilder();
        Describe(type, text, []);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private static void Describe(Type type, StringBuilder text, HashSet<Type> seen)
    {
        text.Append(type.Name).Append('(');
        if (seen.Add(type))
        {
            foreach (var argument in type.GetGenericArguments())
            {
                Describe(argument, text, seen);
            }

            if (type.IsEnum)
            {
                text.AppendJoin(',', Enum.GetNames(type));
            }
            else if (type.Namespace?.StartsWith("OnlineSafetyTrust", StringComparison.Ordinal) == true)
            {
                foreach (var property in type.GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    text.Append(property.Name).Append(':');
                    Describe(property.PropertyType, text, seen);
                }
            }
        }

        text.Append(')');
    }
}
