#pragma warning disable CA1822 // Resolvers are instance methods.
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

public sealed class ExecutionTests
{
    public interface IAnimal
    {
        string Name { get; }
    }

    public sealed record Cat(string Name, int Lives) : IAnimal;

    public sealed record Dog(string Name, bool Barks) : IAnimal;

    [UnionType("Pet")]
    public interface IPet;

    public sealed record Fish(int Scales) : IPet;

    public sealed record Bird(int Feathers) : IPet;

    public sealed record Range(int From, int To = 9, IReadOnlyList<string>? Tags = null);

    [OneOf]
    public sealed record ByInput(string? Name, int? Number);

    [ExtendObjectType(OperationTypeNames.Query)]
    public sealed class Query
    {
        public string Echo(string text) => text;

        public IReadOnlyList<IAnimal> Animals() => [new Cat("Tom", 9), new Dog("Rex", true)];

        public async Task<IEnumerable<IPet>> PetsAsync()
        {
            await Task.Yield();
            return [new Fish(3), new Bird(4)];
        }

        public string Range(Range range) => $"{range.From}-{range.To} {string.Join('+', range.Tags ?? [])}";

        public string By(ByInput by) => by.Name ?? $"{by.Number}";

        public string Sum(IReadOnlyList<int> numbers, int factor = 2) => $"{numbers.Sum() * factor}";

        public Guid Same(Guid id) => id;

        public string? Nothing() => null;

        public string Text() => "a\"b\\c\n\u0001é😀";

        [Authorize(Roles = ["dsl"])]
        public string Dsl() => "secret";

        [Authorize("over-18")]
        public string Old() => "secret";

        public string Known() => throw new GraphQLException(ErrorBuilder.New().SetMessage("told").SetCode("TOLD").SetExtension("n", 1).Build());

        public string Me(ClaimsPrincipal user) => user.Identity!.Name!;
    }

    private static Server Make() => Server.Of<Query>(
        b => b.AddType<Cat>().AddType<Dog>().AddType<Fish>().AddType<Bird>().AddAuthorization(),
        s => s.AddAuthorization(o => o.AddPolicy("over-18", p => p.RequireClaim("age", "19"))));

    private static ClaimsPrincipal User(params Claim[] claims) => new(new ClaimsIdentity([new(ClaimTypes.Name, "Ada"), .. claims], "test"));

    [Theory]
    [InlineData("{ echo(text: \"x\") }", null, """{"echo":"x"}""")]
    [InlineData("{ a: echo(text: \"x\") a: echo(text: \"x\") b: echo(text: \"y\") }", null, """{"a":"x","b":"y"}""")]
    [InlineData("query($t: String!) { echo(text: $t) }", """{"t":"é\n"}""", """{"echo":"é\n"}""")]
    [InlineData("query($t: String! = \"d\") { echo(text: $t) }", null, """{"echo":"d"}""")]
    [InlineData("{ text }", null, """{"text":"a\"b\\c\n\u0001é😀"}""")]
    [InlineData("{ animals { __typename name ... on Cat { lives } ...d } } fragment d on Dog { barks name }", null, """{"animals":[{"__typename":"Cat","name":"Tom","lives":9},{"__typename":"Dog","name":"Rex","barks":true}]}""")]
    [InlineData("{ pets { ... on Fish { scales } ... on Bird { feathers } } }", null, """{"pets":[{"scales":3},{"feathers":4}]}""")]
    [InlineData("{ range(range: { from: 1 }) }", null, """{"range":"1-9 "}""")]
    [InlineData("{ range(range: { from: 1, to: 3, tags: \"one\" }) }", null, """{"range":"1-3 one"}""")]
    [InlineData("query($r: RangeInput!) { range(range: $r) }", """{"r":{"from":1,"tags":["a","b"]}}""", """{"range":"1-9 a+b"}""")]
    [InlineData("query($f: Int!, $t: [String!]) { range(range: { from: $f, tags: $t }) }", """{"f":2}""", """{"range":"2-9 "}""")]
    [InlineData("{ by(by: { name: \"n\" }) }", null, """{"by":"n"}""")]
    [InlineData("query($b: ByInput!) { by(by: $b) }", """{"b":{"number":5}}""", """{"by":"5"}""")]
    [InlineData("{ sum(numbers: [1, 2]) }", null, """{"sum":"6"}""")]
    [InlineData("{ sum(numbers: 4, factor: 1) }", null, """{"sum":"4"}""")]
    [InlineData("{ same(id: \"018f0000-0000-7000-8000-000000000001\") }", null, """{"same":"018f0000-0000-7000-8000-000000000001"}""")]
    [InlineData("{ nothing @skip(if: true) text @skip(if: true) }", null, "{}")]
    [InlineData("query($y: Boolean!) { nothing @include(if: $y) b: nothing @skip(if: $y) }", """{"y":true}""", """{"nothing":null}""")]
    [InlineData("query($y: Boolean!) { animals { name @include(if: $y) } animals { ... on Cat @skip(if: $y) { name lives } } }", """{"y":true}""", """{"animals":[{"name":"Tom"},{"name":"Rex"}]}""")]
    [InlineData("query($y: Boolean!) { animals { name @include(if: $y) } animals { ... on Cat @skip(if: $y) { name lives } } }", """{"y":false}""", """{"animals":[{"name":"Tom","lives":9},{}]}""")]
    public async Task Answers(string query, string? variables, string data)
    {
        await using var server = Make();

        Assert.Equal($$"""{"data":{{data}}}""", await server.AskAsync(query, variables));
    }

    [Theory]
    [InlineData("query($b: ByInput!) { by(by: $b) }", """{"b":{"number":5,"name":"n"}}""")]
    [InlineData("query($b: ByInput!) { by(by: $b) }", """{"b":{"number":null}}""")]
    [InlineData("query($b: ByInput!) { by(by: $b) }", """{"b":{}}""")]
    [InlineData("query($r: RangeInput!) { range(range: $r) }", """{"r":{"from":1,"wrong":2}}""")]
    [InlineData("query($r: RangeInput!) { range(range: $r) }", """{"r":{"to":1}}""")]
    [InlineData("query($r: RangeInput!) { range(range: $r) }", """{"r":{"from":"1"}}""")]
    [InlineData("query($r: RangeInput!) { range(range: $r) }", """{"r":{"from":1.5}}""")]
    [InlineData("query($r: RangeInput!) { range(range: $r) }", """{"r":{"from":99999999999}}""")]
    [InlineData("query($r: RangeInput!) { range(range: $r) }", """{"r":null}""")]
    [InlineData("query($n: [Int!]!) { sum(numbers: $n) }", """{"n":[1,null]}""")]
    [InlineData("{ __schema { queryType { name } } }", null)]
    public async Task Refuses_without_data(string query, string? variables)
    {
        await using var server = Make();

        Assert.DoesNotContain("\"data\"", await server.AskAsync(query, variables), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_and_policies_decide_who_sees_a_field()
    {
        await using var server = Make();

        Assert.Contains("AUTH_NOT_AUTHENTICATED", await server.AskAsync("{ dsl }"), StringComparison.Ordinal);
        Assert.Contains("AUTH_NOT_AUTHORIZED", await server.AskAsync("{ dsl }", user: User(new Claim(ClaimTypes.Role, "teacher"))), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"dsl":"secret"}}""", await server.AskAsync("{ dsl }", user: User(new Claim(ClaimTypes.Role, "dsl"))));
        Assert.Contains("AUTH_NOT_AUTHORIZED", await server.AskAsync("{ old }", user: User()), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"old":"secret"}}""", await server.AskAsync("{ old }", user: User(new Claim("age", "19"))));
    }

    [Fact]
    public async Task A_GraphQL_exception_speaks_for_itself()
    {
        await using var server = Make();

        Assert.Equal(
            """{"errors":[{"message":"told","locations":[{"line":1,"column":3}],"path":["known"],"extensions":{"n":1,"code":"TOLD"}}],"data":null}""",
            await server.AskAsync("{ known }"));
    }

    [Fact]
    public async Task The_user_is_a_parameter_and_must_be_there()
    {
        await using var server = Make();

        Assert.Equal("""{"data":{"me":"Ada"}}""", await server.AskAsync("{ me }", user: User()));
        Assert.Contains("Unexpected Execution Error", await server.AskAsync("{ me }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_fails_lets_nothing_through()
    {
        await using var server = Server.Of<Query>(b => b.AddType<Cat>().AddType<Fish>().AddErrorFilter(_ => throw new InvalidOperationException("secret")));

        var json = await server.AskAsync("{ known }");

        Assert.Contains("Unexpected Execution Error", json, StringComparison.Ordinal);
        Assert.DoesNotContain("told", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parallel_requests_of_one_plan_do_not_mix()
    {
        await using var server = Make();
        await server.AskAsync("{ text }");

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(() =>
            server.AskAsync("query($t: String!) { echo(text: $t) animals { name } pets { __typename } }", $$"""{"t":"{{i}}"}"""))));

        Assert.Equal(Enumerable.Range(0, 500).Select(i =>
            $"{{\"data\":{{\"echo\":\"{i}\",\"animals\":[{{\"name\":\"Tom\"}},{{\"name\":\"Rex\"}}],\"pets\":[{{\"__typename\":\"Fish\"}},{{\"__typename\":\"Bird\"}}]}}}}"), answers);
    }
}
