using System.Text.RegularExpressions;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Domain.Tests.Core;

/// <summary>Every table of <c>docs/</c> with a column of events: where the version is left out, it is the first.</summary>
public sealed partial class CommandTableTests
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    private static IEnumerable<string[]> Pages => Directory.GetFiles(Path.Combine(Docs, "architecture"), "*.md").Append(Path.Combine(Docs, "commands-and-events.md")).Select(File.ReadAllLines);

    [Fact]
    public void The_tables_of_commands_and_events_name_every_event_and_no_other() =>
        Assert.Equal(EventNames.All.Select(e => e.Key).Order(StringComparer.Ordinal), Pages.SelectMany(Events).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_tables_of_commands_and_events_name_every_command_that_a_grain_takes()
    {
        var taken = typeof(IStaffGrain).Assembly.GetTypes().SelectMany(t => t.GetMethods()).Select(m => m.GetParameters())
            .Where(p => p is [var context, { Name: "command" }] && context.ParameterType == typeof(CommandContext)).Select(p => p[1].ParameterType.Name).Distinct().ToList();
        Assert.NotEmpty(taken);
        Assert.Empty(taken.Except(Pages.SelectMany(page => Cells(page, "command")).SelectMany(c => Word().Matches(c)).Select(w => w.Value)));
    }

    [Fact]
    public void Only_the_column_of_events_names_events() => Assert.Equal(
        ["week.opened.v1", "week.planned.v2"],
        Events(["week.sent", "| command | events | who |", "|---|---|---|", "| message week.occasion | `week.opened`; week.planned.v2 | see week.md |", "", "| stage | when |", "|---|---|", "| a.b | c.d |"]));

    private static IEnumerable<string> Events(IEnumerable<string> lines) =>
        Cells(lines, "events").SelectMany(c => EventName().Matches(c)).Select(name => name.Groups["version"].Success ? name.Value : $"{name.Value}.v1");

    /// <summary>What stands in a column of the tables that have it beside events.</summary>
    private static IEnumerable<string> Cells(IEnumerable<string> lines, string title)
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
                column = cells.Contains("events") ? Array.IndexOf(cells, title) : -1;
            }
            else if (column >= 0)
            {
                yield return cells[column.Value];
            }
        }
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*(?<version>\.v\d+)?\b")]
    private static partial Regex EventName();
}
