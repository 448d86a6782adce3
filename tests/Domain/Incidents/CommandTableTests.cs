using System.Text.RegularExpressions;
using OnlineSafetyTrust.Grains;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

public sealed partial class CommandTableTests
{
    [Fact]
    public void The_table_of_commands_and_events_names_every_event_of_an_incident_and_no_other()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Stack.props")))
        {
            folder = folder.Parent!;
        }

        var named = EventName().Matches(File.ReadAllText(Path.Combine(folder.FullName, "docs", "commands-and-events.md"))).Select(m => m.Value);
        var known = EventNames.All.Select(e => e.Key).Where(n => n.StartsWith("incident.", StringComparison.Ordinal));
        Assert.Equal(known.Order(StringComparer.Ordinal), named.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\bincident\.[a-z-]+\.v\d+")]
    private static partial Regex EventName();
}
