using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Rows about a pupil stand in the pupil's access log, not only under their own ids.</summary>
public sealed class AboutPupilTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private static readonly ViewTable[] All =
        [.. typeof(ViewTable).Assembly.GetTypes().SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(f => f.FieldType == typeof(ViewTable)).Select(f => (ViewTable)f.GetValue(null)!)];

    [Fact]
    public void A_column_that_names_a_pupil_or_a_device_is_declared()
    {
        Assert.True(All.Length > 10);
        foreach (var table in All)
        {
            var named = table.Columns.Select(c => c.Name).Where(c => c is "pupil" or "device" or "holder" or "used_by");
            Assert.All(named, c => Assert.Contains(table.About, a => a.Column == c));
            Assert.All(table.About, a => Assert.True(a.Column == "id" || table.Columns.Any(c => c.Name == a.Column && c.Kind == ColumnKind.Text), table.Name));
        }
    }

    [Theory]
    [InlineData("strategy")]
    [InlineData("check_schedule")]
    [InlineData("ban")]
    [InlineData("incident_pupil")]
    [InlineData("device")]
    [InlineData("task")]
    public async Task Reading_the_row_is_noted_for_the_pupil(string name)
    {
        var reader = new Reader(world.First.School.Id, Actor.System, new HashSet<Role>(), "test", Guid.NewGuid());

        var rows = await world.Gateway.Services.GetRequiredService<ViewReader>().QueryAsync<JsonElement>(reader, All.Single(t => t.Name == name), "", null, "id", 50, default);

        var seen = reader.TakeSeen();
        Assert.All(rows, r => Assert.Contains($"{name}/{r.Id}", seen));
        Assert.Contains($"pupil/{world.First.Keys["Pupil"]}", seen);
    }
}
