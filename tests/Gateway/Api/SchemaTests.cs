using System.Text.Json;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>The schema is ours and kept: whoever changes it shows it. <c>UPDATE_SCHEMA=1 dotnet test tests/Gateway --filter SchemaTests</c> writes it anew.</summary>
public sealed partial class SchemaTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private static readonly string[] Queries =
    [
        "viewer", "trust", "school", "schools", "pupil", "pupils", "device", "devices", "incident", "incidents", "tasks", "checksDue", "technologyAccess", "chronology", "accessLog", "policy", "trends", "invitedIncidents", "incidentLog",
    ];

    private static readonly string[] Mutations =
    [
        "reportIncident", "triageIncident", "completeStep", "waiveStep", "recordReferral", "recordPoliceResponse", "debriefIncident", "closeIncident", "approveClosure", "reopenIncident",
        "linkIncidents", "correctRecord", "registerDevice", "takeDevice", "handOverDevice", "returnDevice", "banTechnology", "liftBan", "draftStrategy", "agreeStrategy", "reviewStrategy",
        "endStrategy", "scheduleChecks", "endChecks", "recordDeviceChecks", "submitWeeklyUpdate", "adoptPolicy", "setCalendar", "assignRole", "arrangeCover", "cancelCover", "recordLeaver", "setContacts",
        "addPerson", "updatePerson", "decidePolicyQuestion", "linkSignIn", "updatePupil", "setSafeguardingNumbers", "inviteTrustLead", "endInvitation",
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

    /// <summary>The days of the week are C#'s own and say themselves.</summary>
    [Fact]
    public async Task Every_type_field_argument_and_value_is_described_and_every_deprecation_has_a_reason()
    {
        const string Question = """
            { __schema { types { name description kind
              fields(includeDeprecated: true) { name description isDeprecated deprecationReason args(includeDeprecated: true) { name description isDeprecated deprecationReason } }
              inputFields(includeDeprecated: true) { name description isDeprecated deprecationReason }
              enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } }
              directives { name description args(includeDeprecated: true) { name description isDeprecated deprecationReason } } } }
            """;
        var schema = (await world.DataAsync(Question, world.First.TokenOf(Role.Dsl))).GetProperty("__schema");
        var wrong = new List<string>();
        var count = 0;
        foreach (var type in schema.GetProperty("types").EnumerateArray().Concat(schema.GetProperty("directives").EnumerateArray()).Where(t => !IsOfTheLanguage(t.GetProperty("name").GetString()!)))
        {
            Walk(type, "");
        }

        Assert.True(count > 1_500, $"Only {count} members were found.");
        Assert.True(wrong.Count == 0, $"{wrong.Count} lack a description or the reason of their deprecation:\n{string.Join('\n', wrong)}");

        void Walk(JsonElement member, string within)
        {
            var name = within + member.GetProperty("name").GetString();
            count++;
            var isDeprecated = member.TryGetProperty("isDeprecated", out var deprecated) && deprecated.GetBoolean();
            if (string.IsNullOrWhiteSpace(member.GetProperty("description").GetString()) || (isDeprecated && string.IsNullOrWhiteSpace(member.GetProperty("deprecationReason").GetString())))
            {
                wrong.Add(name);
            }

            foreach (var inner in (string[])["fields", "args", "inputFields", "enumValues"])
            {
                if (member.TryGetProperty(inner, out var members) && members.ValueKind == JsonValueKind.Array)
                {
                    foreach (var one in members.EnumerateArray())
                    {
                        Walk(one, name + ".");
                    }
                }
            }
        }
    }

    /// <summary>Integrators know neither our documents' numbers nor our commands and views.</summary>
    [Fact]
    public async Task Nothing_from_inside_the_house_stands_in_the_schema()
    {
        var printed = await world.Gateway.Http.GetStringAsync("/graphql?sdl");

        Assert.Equal([], printed.Split('\n').Where(l => Inside().IsMatch(l)));
        Assert.DoesNotMatch(Inside(), "A plain sentence (see below).");
        Assert.All((string[])["On it (C4).", "Open (DOMAIN A2).", "Required in a command.", "type AddressView {"], l => Assert.Matches(Inside(), l));
    }

    [GeneratedRegex(@"DOMAIN|\([A-K][0-9]{1,2}\b|in a command|^(type|interface|enum|union|input|scalar) \w+View\b")]
    private static partial Regex Inside();

    private static bool IsOfTheLanguage(string name) =>
        name.StartsWith("__", StringComparison.Ordinal) || name is "String" or "Boolean" or "Int" or "Float" or "ID" or "skip" or "include" or "deprecated" or "specifiedBy" or "oneOf";
}
