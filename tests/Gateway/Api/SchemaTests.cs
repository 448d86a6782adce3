using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>The schema is ours and kept: whoever changes it shows it. <c>UPDATE_SCHEMA=1 dotnet test tests/Gateway --filter SchemaTests</c> writes it anew.</summary>
public sealed class SchemaTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private static readonly string[] Queries =
    [
        "viewer", "trust", "school", "schools", "pupil", "pupils", "device", "devices", "incident", "incidents", "tasks", "checksDue", "technologyAccess", "chronology", "accessLog", "policy", "trends",
    ];

    private static readonly string[] Mutations =
    [
        "reportIncident", "triageIncident", "completeStep", "waiveStep", "recordReferral", "recordPoliceResponse", "debriefIncident", "closeIncident", "approveClosure", "reopenIncident",
        "linkIncidents", "correctRecord", "registerDevice", "takeDevice", "handOverDevice", "returnDevice", "banTechnology", "liftBan", "draftStrategy", "agreeStrategy", "reviewStrategy",
        "endStrategy", "scheduleChecks", "endChecks", "recordDeviceChecks", "submitWeeklyUpdate", "adoptPolicy", "setCalendar", "assignRole", "arrangeCover", "recordLeaver", "setContacts",
    ];

    private static readonly string[] Subscriptions = ["incidentChanged", "taskAssigned", "checkOverdue", "trendsChanged"];

    [Fact]
    public async Task The_schema_is_the_one_that_is_checked_in()
    {
        var printed = (await world.Gateway.Http.GetStringAsync("/graphql?sdl")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = System.IO.Path.Combine(Repository.Root, "graphql-gateway", "schema.graphql");
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
        {
            await File.WriteAllTextAsync(file, printed);
        }

        Assert.Equal(await File.ReadAllTextAsync(file), printed);
    }

    [Fact]
    public async Task Every_promised_name_is_there_and_every_mutation_has_one_input_and_errors()
    {
        var schema = await Shape.ReadAsync(world);

        Assert.Empty(Queries.Except(schema.Queries.Select(q => q.Name)));
        Assert.Empty(Mutations.Except(schema.Mutations.Select(m => m.Name)));
        Assert.Empty(Subscriptions.Except(schema.Subscriptions.Select(s => s.Name)));
        Assert.All(schema.Mutations, m => Assert.Equal("input", Assert.Single(m.Arguments).Name));
        Assert.All(schema.Mutations, m => Assert.Contains(schema.Fields(m.Type.Named), f => f.Name == "errors" && f.Type.Text == "[UserError!]!"));
        Assert.All(schema.Mutations, m => Assert.Contains(schema.Inputs(m.Arguments[0].Type.Named), f => f.Name == "commandId" && f.Type.Text == "UUID"));
    }

    [Fact]
    public async Task Everything_that_people_read_in_the_schema_is_described()
    {
        var schema = await Shape.ReadAsync(world);

        Assert.Empty(schema.Queries.Concat(schema.Mutations).Concat(schema.Subscriptions).Where(f => f.Description is null).Select(f => f.Name));
    }
}
