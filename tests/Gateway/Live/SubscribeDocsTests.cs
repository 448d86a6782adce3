using System.Text.RegularExpressions;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Live;

/// <summary>The dialogues of <c>docs/api/subscribe.md</c>, spoken with the running gateway.</summary>
public sealed partial class SubscribeDocsTests
{
    [Fact]
    public async Task The_documented_dialogues_are_what_is_said()
    {
        var page = await File.ReadAllTextAsync(System.IO.Path.Combine(Repository.Root, "docs", "api", "subscribe.md"));
        var dialogues = Dialogue().Matches(page);
        await using var world = await LiveWorld.StartAsync();

        Assert.Equal(2, dialogues.Count);
        foreach (Match dialogue in dialogues)
        {
            await SpeakAsync(world, dialogue.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private static async Task SpeakAsync(LiveWorld world, string[] lines)
    {
        using var socket = await GraphQLSocket.OpenAsync(world.Gateway.GraphQL);
        foreach (var line in lines)
        {
            var said = line[2..];
            switch (line[0])
            {
                case '>':
                    await socket.SendAsync(said.Replace("{token}", world.First.TokenOf(Role.Dsl), StringComparison.Ordinal));
                    break;
                case '<':
                    Assert.Matches("^" + Regex.Escape(said).Replace("…", ".*", StringComparison.Ordinal) + "$", await socket.ReadAsync());
                    break;
                case '#' when said == "a class teacher reports an incident":
                    await world.ReportAsync();
                    break;
                default:
                    Assert.Fail($"The page says what this test does not know: {line}");
                    break;
            }
        }
    }

    [GeneratedRegex("```websocket [^\n]*\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Dialogue();
}
