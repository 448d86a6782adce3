using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Domain.Tests.Core;

/// <summary>
/// A type of ours that is named as one of Orleans or Hot Chocolate compiles on the embedded stack, and is ambiguous on the other. <c>engine-names.txt</c>
/// holds the public types of both in the namespaces that <c>Stack.props</c> imports; those of Hot Chocolate were written down without its packages, and
/// may lack some. <c>UPDATE_ENGINES=folder dotnet test tests/Domain --filter EngineNames</c> takes those of an engine from its assemblies in that folder.
/// </summary>
public sealed partial class EngineNamesTests
{
    private static readonly string[] Product = ["contracts", "grains", "storage", "silo", "roster", "graphql-gateway", "console", "demo"];

    /// <summary>They come with the test host; nothing that the product is made of takes them.</summary>
    private static readonly string[] ForTestsOnly = ["Orleans.Streaming.dll", "Orleans.DurableJobs.dll", "Orleans.Journaling.dll"];

    /// <summary>Public in <c>embedded/</c> without a likeness: only the wiring of this stack may name them, and the engines' own extension methods need no name.</summary>
    private static readonly string[] EmbeddedOnly =
    [
        "CostOptions", "GrainCallCycleException", "GrainContractException", "GrainStateRow", "GrainTimerExtensions", "GraphQLEndpointConventionBuilder", "GraphQLEndpointExtensions", "GraphQLServiceCollectionExtensions", "IDocumentInspector",
        "IGrainStateTable", "IInvokable", "IMarkedFieldObserver", "IOperationBudget", "IOperationHost", "IStorage", "IStorage`1", "InMemoryGrainStateTable", "InMemoryReminderTable",
        "MarkedFieldException", "OrleansHosting", "ReminderRow", "RequestExecutorExtensions",
    ];

    private static string File => Path.Combine(Repository.Root, "tests", "Domain", "Core", "engine-names.txt");

    private static HashSet<string> Names => [.. System.IO.File.ReadLines(File).Select(l => l[(l.LastIndexOf('.') + 1)..])];

    [Fact]
    public void No_type_of_ours_has_the_name_of_an_engines()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_ENGINES") is { Length: > 0 } folder)
        {
            var found = Directory.GetFiles(folder, "*.dll").Where(f => !ForTestsOnly.Contains(Path.GetFileName(f))).SelectMany(Public).ToHashSet();
            var engines = found.Select(EngineOf).ToHashSet();
            System.IO.File.WriteAllLines(File, System.IO.File.ReadAllLines(File).Where(n => !engines.Contains(EngineOf(n))).Concat(found).Distinct().Order(StringComparer.Ordinal));
        }

        // What stands in the product's own namespace is found before what any other was imported for.
        var ours = Product.SelectMany(Declared).Where(t => t.Namespace != "OnlineSafetyTrust");
        Assert.Equal([], ours.Where(t => Names.Contains(t.Name)).Select(t => $"{t.Namespace}.{t.Name}").Distinct());
    }

    [Fact]
    public void What_the_embedded_engines_offer_has_the_name_it_has_there()
    {
        var offered = Declared("embedded").Where(t => t.Public && t.Namespace is "OnlineSafetyTrust.Embedded.Grains" or "OnlineSafetyTrust.Embedded.Grains.TestingHost" or "OnlineSafetyTrust.Embedded.GraphQL")
            .Select(t => t.Name).Distinct().ToList();
        Assert.NotEmpty(offered);
        Assert.Equal(EmbeddedOnly.Order(StringComparer.Ordinal), offered.Except(Names).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_wiring_of_a_stack_names_its_engine()
    {
        var wiring = Product.SelectMany(Projects).SelectMany(Wiring).ToList();
        Assert.NotEmpty(wiring);
        var sources = Product.SelectMany(Sources).Except(wiring).Select(f => (File: f, Text: System.IO.File.ReadAllText(f))).ToList();
        Assert.Equal([], sources.Where(s => EngineUsing().IsMatch(s.Text)).Select(s => s.File));
        // Some the other stack's wiring makes up for.
        var missing = EmbeddedOnly.Except(Product.SelectMany(Declared).Select(t => t.Name)).Select(n => n.Split('`')[0]);
        Assert.Equal([], sources.Where(s => Regex.IsMatch(s.Text, $@"\b({string.Join('|', missing)})\b")).Select(s => s.File));
    }

    [Fact]
    public void A_declaration_is_read_with_its_arity_and_what_stands_inside_another_is_not()
    {
        const string source = """
            namespace A.B;

            [Marked("x")]
            public sealed record Pair<TFirst, TSecond>(TFirst First) : Base<int>;

            internal delegate Task<int> Ask(string what);

            file sealed class Hidden
            {
                public enum Inner { A }
            }
            """;
        Assert.Equal([("A.B", "Pair`2", true), ("A.B", "Ask", false)], Read(source));
    }

    private static IEnumerable<(string Namespace, string Name, bool Public)> Declared(string folder) => Sources(folder).SelectMany(f => Read(System.IO.File.ReadAllText(f)));

    private static string[] Projects(string folder) => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj");

    /// <summary>What is left out of a project on one stack.</summary>
    private static IEnumerable<string> Wiring(string project) => XDocument.Load(project).Descendants("Compile")
        .Where(c => c.Attribute("Condition")?.Value.Contains("$(Stack)", StringComparison.Ordinal) == true)
        .SelectMany(c => c.Attribute("Remove")!.Value.Split(';')).Select(f => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, f)));

    private static IEnumerable<string> Sources(string folder) => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj"));

    private static IEnumerable<(string Namespace, string Name, bool Public)> Read(string source) => Declaration().Matches(source)
        .Where(d => !d.Groups["modifiers"].Value.Contains("file ", StringComparison.Ordinal))
        .Select(d => (
            Namespace().Match(source).Groups[1].Value,
            d.Groups["types"].Success ? $"{d.Groups["name"].Value}`{d.Groups["types"].Value.Split(',').Length}" : d.Groups["name"].Value,
            d.Groups["modifiers"].Value.Contains("public", StringComparison.Ordinal)));

    private static string EngineOf(string name) => name.StartsWith("Orleans.", StringComparison.Ordinal) ? "Orleans" : "Hot Chocolate";

    /// <summary>Public types of an assembly in the namespaces that are imported, read without loading it.</summary>
    private static IEnumerable<string> Public(string assembly)
    {
        var imported = XDocument.Load(Path.Combine(Repository.Root, "Stack.props")).Descendants("Using").Select(u => u.Attribute("Include")!.Value).ToHashSet();
        using var file = new PEReader(System.IO.File.OpenRead(assembly));
        if (!file.HasMetadata)
        {
            return [];
        }

        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(t => (t.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public && imported.Contains(metadata.GetString(t.Namespace)))
            .Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}")];
    }

    [GeneratedRegex(@"^(?:\[.*\]\s*)?(?<modifiers>(?:(?:public|internal|sealed|static|abstract|partial|readonly|ref|file)\s+)*)(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[^(]+?)\s+(?<name>\w+)(?:<(?<types>[^>]*)>)?(?=[\s(:;{]|$)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?(?:Orleans|HotChocolate|GreenDonut|OnlineSafetyTrust\.Embedded)\b", RegexOptions.Multiline)]
    private static partial Regex EngineUsing();
}
