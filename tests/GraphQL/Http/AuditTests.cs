using OnlineSafetyTrust.GraphQL.Tests.Parity;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.GraphQL.Tests.Http;

public sealed class AuditTests
{
    [Fact]
    public async Task Graphql_https_audit_of_servers_finds_nothing()
    {
        await using var server = await ExampleServer.StartAsync(b => b.DisableIntrospection(false), options: new GraphQLServerOptions { JsonByDefault = true });
        await using var script = NodeScript.Start("audit.mjs", server.Client.BaseAddress!.ToString());

        var audits = (await script.ReadAsync()).EnumerateArray().Select(a => (Name: a.GetProperty("name").GetString(), Status: a.GetProperty("status").GetString(), Text: a.ToString())).ToList();

        Assert.Equal(61, audits.Count);
        Assert.True(audits.All(a => a.Status == "ok"), string.Join("\n", audits.Where(a => a.Status != "ok").Select(a => a.Text)));
    }
}
