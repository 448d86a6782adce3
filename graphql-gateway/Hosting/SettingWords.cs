using System.ComponentModel;
using OnlineSafetyTrust.Gateway.Guards;
using OnlineSafetyTrust.Silo.Notifications;
using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>Settings that are no text, looked at before anything reads one: what cannot be read is said with its name and what it takes.</summary>
internal static class SettingWords
{
    /// <exception cref="MisconfiguredException">Names the setting.</exception>
    public static void Check(IConfiguration configuration)
    {
        Check(configuration.GetSection("Store:Provider"), typeof(StoreProvider));
        Check(configuration.GetSection("Api"), typeof(ApiOptions));
        Check(configuration.GetSection("Mail"), typeof(MailOptions));
    }

    private static void Check(IConfigurationSection setting, Type type)
    {
        var words = TypeDescriptor.GetConverter(type);
        if (setting.Value is { } text && words.CanConvertFrom(typeof(string)))
        {
            if (!IsRead(text, words))
            {
                throw new MisconfiguredException($"{setting.Path} ({setting.Path.Replace(":", "__", StringComparison.Ordinal)}) is '{text}': set it to {Taken(type)}.");
            }
        }
        else if (setting.GetChildren().Any())
        {
            foreach (var property in type.GetProperties())
            {
                Check(setting.GetSection(property.Name), property.PropertyType);
            }
        }
    }

    private static bool IsRead(string text, TypeConverter words)
    {
        try
        {
            return words.ConvertFromInvariantString(text) is not (< 0 or < 0d);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string Taken(Type type) =>
        type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a time such as 00:00:20"
        : type == typeof(int) ? "a whole number, 0 or more"
        : "a number, 0 or more";
}
