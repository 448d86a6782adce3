using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Introspection;

namespace OnlineSafetyTrust.GraphQL.Tests.Parity;

public sealed class SchemaTests
{
    [Fact]
    public void The_example_prints_as_on_Hot_Chocolate()
    {
        using var services = new ServiceCollection().AddExample().BuildServiceProvider();
        using var expected = new StreamReader(typeof(SchemaTests).Assembly.GetManifestResourceStream("parity.graphql")!);

        var printed = SchemaPrinter.Print(services.GetRequiredService<Engine>().Schema, descriptions: false);

        Assert.Equal(expected.ReadToEnd().Trim(), printed.Trim());
    }

    [Fact]
    public void Descriptions_are_printed_where_the_code_gives_them()
    {
        using var services = new ServiceCollection().AddExample().BuildServiceProvider();

        var printed = SchemaPrinter.Print(services.GetRequiredService<Engine>().Schema);

        Assert.Contains("  \"Incidents of the school, newest first.\"\n  incidents(", printed, StringComparison.Ordinal);
    }
}
