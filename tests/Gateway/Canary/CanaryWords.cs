using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OnlineSafetyTrust.Gateway.Tests.Canary;

/// <summary>Puts a canary into every text of an input that the schema calls personal.</summary>
internal sealed partial class CanaryWords(string sdl)
{
    private readonly Dictionary<string, Dictionary<string, (string Type, bool Personal)>> _inputs = InputTypes().Matches(sdl).ToDictionary(
        m => m.Groups["name"].Value,
        m => Fields().Matches(m.Groups["body"].Value).ToDictionary(f => f.Groups["name"].Value, f => (f.Groups["type"].Value, f.Groups["personal"].Success)));

    /// <summary>How many texts have got one.</summary>
    public int Said { get; private set; }

    public object Into(string type, object input) => With(type, JsonSerializer.SerializeToNode(input, JsonSerializerOptions.Web)!);

    private JsonNode With(string type, JsonNode value)
    {
        if (value is JsonArray lines)
        {
            return new JsonArray([.. lines.Select(l => l is null ? null : With(type, l.DeepClone()))]);
        }

        if (value is not JsonObject members || !_inputs.TryGetValue(type, out var fields))
        {
            return value;
        }

        foreach (var (name, member) in members.ToList())
        {
            if (member is not null && fields.TryGetValue(name, out var field))
            {
                members[name] = field.Personal && member.GetValueKind() == JsonValueKind.String ? Text(member.GetValue<string>()) : With(field.Type, member.DeepClone());
            }
        }

        return members;
    }

    // Mail and web addresses stay ones.
    private string Text(string text)
    {
        var canary = string.Create(CultureInfo.InvariantCulture, $"{CanaryFiles.Canary}{++Said}");
        return text.Contains('@', StringComparison.Ordinal) ? canary + text : text.StartsWith("https://", StringComparison.Ordinal) ? $"{text}/{canary}" : $"{canary} {text}";
    }

    [GeneratedRegex(@"^input (?<name>\w+) \{\n(?<body>.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex InputTypes();

    [GeneratedRegex(@"^  (?<name>\w+): \[?(?<type>\w+)[^@\n]*(?<personal>@personal)?", RegexOptions.Multiline)]
    private static partial Regex Fields();
}
