using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Grains.Policies;
using OnlineSafetyTrust.Grains.Policies.Reading;

namespace OnlineSafetyTrust.Domain.Tests.Policies;

public sealed class PackSchemaTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string SchemaFile = FindSchema();

    private static readonly JsonObject Shipped = File.Exists(SchemaFile) ? JsonNode.Parse(File.ReadAllText(SchemaFile))!.AsObject() : [];

    [Fact]
    public void Schema_and_reader_know_the_same_properties()
    {
        var schema = PackSchema.Create().ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_POLICY_SCHEMA") == "1")
        {
            File.WriteAllText(SchemaFile, schema);
        }

        Assert.True(File.ReadAllText(SchemaFile) == schema, "policies/policy-pack.schema.json is out of date. Run the tests once with UPDATE_POLICY_SCHEMA=1 and look at the difference.");
    }

    [Fact]
    public void Shipped_packs_satisfy_the_schema_and_name_it() =>
        Assert.All(ShippedPacks.Ids, id =>
        {
            var text = ShippedPacks.Text(id)!;
            Assert.Matches(@"^# yaml-language-server: \$schema=(\.\./)?policy-pack\.schema\.json\n", text);
            var problems = new PackProblems(id);
            var faults = new List<string>();
            Check(PackTree.Read(text, problems)!, Shipped, faults);
            Assert.Empty(faults);
        });

    [Theory]
    [InlineData("kind: school", "kind: scool")]
    [InlineData("version: 1", "version: first")]
    [InlineData("every: 2 years", "every: two years")]
    [InlineData("nation: england", "country: england")]
    public void The_schema_refuses_what_the_reader_refuses(string old, string replacement)
    {
        var text = ShippedPacks.Text("wyre-forest")!.Replace(old, replacement, StringComparison.Ordinal);
        Assert.False(PackReader.Parse(text, "x.yaml").Ok);
        var faults = new List<string>();
        Check(PackTree.Read(text, new PackProblems("x.yaml"))!, Shipped, faults);
        Assert.NotEmpty(faults);
    }

    /// <summary>The part of JSON Schema 2020-12 that the schema uses; a keyword it does not know fails.</summary>
    private static void Check(PackNode node, JsonObject schema, List<string> faults)
    {
        foreach (var (keyword, rule) in schema)
        {
            switch (keyword)
            {
                case "$schema" or "title" or "description" or "$defs" or "properties":
                    break;
                case "$ref":
                    Check(node, Shipped["$defs"]![rule!.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), faults);
                    break;
                case "anyOf":
                    Expect(rule!.AsArray().Any(option => IsValid(node, option!.AsObject())), node, keyword, faults);
                    break;
                case "type":
                    Expect(IsOfType(node, rule!.GetValue<string>()), node, keyword, faults);
                    break;
                case "enum":
                    Expect(node is PackScalar word && rule!.AsArray().Any(v => v!.GetValue<string>() == word.Value), node, keyword, faults);
                    break;
                case "pattern":
                    Expect(node is PackScalar text && Regex.IsMatch(text.Value, rule!.GetValue<string>()), node, keyword, faults);
                    break;
                case "minimum":
                    break;
                case "items":
                    foreach (var item in (node as PackList)?.Items ?? [])
                    {
                        Check(item, rule!.AsObject(), faults);
                    }

                    break;
                case "required":
                    Expect(node is PackMap map && rule!.AsArray().All(p => map[p!.GetValue<string>()] is not null), node, keyword, faults);
                    break;
                case "additionalProperties":
                    CheckEntries((PackMap)node, schema, rule!, faults);
                    break;
                default:
                    faults.Add($"The schema uses '{keyword}', which this check does not know.");
                    break;
            }
        }
    }

    private static void CheckEntries(PackMap map, JsonObject schema, JsonNode others, List<string> faults)
    {
        foreach (var (key, value) in map.Entries)
        {
            var known = schema["properties"]?[key.Value] ?? others as JsonObject;
            Expect(known is not null, key, "additionalProperties", faults);
            if (known is not null)
            {
                Check(value, known.AsObject(), faults);
            }
        }
    }

    private static bool IsOfType(PackNode node, string type) => type switch
    {
        "object" => node is PackMap,
        "array" => node is PackList,
        "boolean" => node is PackScalar { Value: "true" or "false" },
        "integer" => node is PackScalar number && int.TryParse(number.Value, out _),
        _ => node is PackScalar,
    };

    private static bool IsValid(PackNode node, JsonObject schema)
    {
        var faults = new List<string>();
        Check(node, schema, faults);
        return faults.Count == 0;
    }

    private static void Expect(bool holds, PackNode node, string keyword, List<string> faults)
    {
        if (!holds)
        {
            faults.Add($"line {node.Line}: {node.Path}: {keyword}");
        }
    }

    private static string FindSchema()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OnlineSafetyTrust.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "policies", "policy-pack.schema.json");
    }
}
