using OnlineSafetyTrust.Bench.GraphQL;

// Our executor on the data that bench/node serves by the same rule. Prints {"port":N} when it listens; ends with its input.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddGraphQLServer()
    .AddQueryType()
    .AddTypeExtension<Queries>().AddTypeExtension<IncidentFields>()
    .AddDataLoader<PupilByNumber>()
    .DisableIntrospection(false)
    .ModifyCostOptions(o => (o.MaxFieldCost, o.MaxTypeCost) = (100_000, 100_000));
await using var app = builder.Build();
app.MapGraphQL();
await app.StartAsync();
Console.WriteLine($$"""{"port":{{new Uri(app.Urls.Single()).Port}}}""");
_ = Task.Run(() =>
{
    while (Console.In.Read() >= 0)
    {
    }

    app.Lifetime.StopApplication();
});
await app.WaitForShutdownAsync();
