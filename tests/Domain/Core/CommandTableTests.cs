using System.Text.RegularExpressions;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Domain.Tests.Core;

/// <summary>Every table of <c>docs/</c> with a column of events: where the version is left out, it is the first.</summary>
public sealed partial class CommandTableTests
{
    [Fact]
    public void The_tables_of_commands_and_events_name_every_event_and_no_other()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        var named = Directory.GetFiles(Path.Combine(docs, "architecture"), "*.md").Append(Path.Combine(docs, "commands-and-events.md"))
            .SelectMany(f => Events(File.ReadAllLines(f))).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(EventNames.All.Select(e => e.Key).Order(StringComparer.Ordinal), named);
    }

    [Fact]
    public void Only_the_column_of_events_names_events() => Assert.Equal(
        ["week.opened.v1", "week.planned.v2"],
        Events(["week.sent", "| command | events | who |", "|---|---|---|", "| message week.occasion | `week.opened`; week.planned.v2 | see week.md |", "", "| stage | when |", "|---|---|", "| a.b | c.d |"]));

    private static IEnumerable<string> Events(IEnumerable<string> lines)
    {
        int? column = null;
        foreach (var line in lines)
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length < 2)
            {
                column = null;
            }
            else if (column is null)
            {
                column = Array.IndexOf(cells, "events");
            }
            else if (column >= 0)
            {
                foreach (Match name in EventName().Matches(cells[column.Value]))
                {
                    yield return name.Groups["version"].Success ? name.Value : $"{name.Value}.v1";
                }
            }
        }
    }

    [GeneratedRegex(@"\b[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*(?<version>\.v\d+)?\b")]
    private static partial Regex EventName();
}
