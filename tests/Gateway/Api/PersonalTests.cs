#pragma warning disable CA1822 // Resolvers are instance members.
using System.Reflection;
using System.Text.Json;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Gateway.Tests.Canary;
using OnlineSafetyTrust.Storage;
#if ORLEANS
using Microsoft.Extensions.DependencyInjection;
using HotChocolate;
using HotChocolate.Types;
#else
using OnlineSafetyTrust.Embedded.GraphQL;
#endif

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>What <c>@personal</c> marks and does: no answer without a record in the read audit, no word of it in a log.</summary>
public sealed class PersonalTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Canary = "Quoxelle";

    [Fact]
    public void What_the_contracts_call_personal_is_marked_where_the_schema_shows_it()
    {
        var unmarked =
            from type in typeof(GatewayHost).Assembly.GetTypes()
            where type.Namespace?.StartsWith("OnlineSafetyTrust.Gateway.GraphQL", StringComparison.Ordinal) == true
            from view in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).SelectMany(c => c.GetParameters()).SelectMany(p => p.ParameterType.GetProperties().Select(v => v.PropertyType).Append(p.ParameterType))
            from personal in view.GetProperties().Where(IsPersonal)
            let shown = type.GetProperty(personal.Name)
            where shown is not null && shown.PropertyType == personal.PropertyType && !IsPersonal(shown)
            select $"{type.Name}.{shown.Name}";

        Assert.Equal([], unmarked.Distinct());
    }

    [Fact]
    public async Task Canaries_stand_only_in_fields_that_are_marked()
    {
        var sdl = await world.Gateway.Http.GetStringAsync("/graphql?sdl");
        var schema = await Shape.ReadAsync(world);
        var documents = new Documents(schema);
        var seen = new HashSet<string>();
        foreach (var query in schema.Queries)
        {
            var operation = documents.Write(query, false, p => p[^1] is "id" or "recordId" or "pupilId" ? world.First.IdOf(query.Name switch { "device" => "Device", "incident" or "accessLog" => "Incident", _ => "Pupil" }) : null);
            var answer = await world.Gateway.QueryAsync(operation.Document, operation.Variables, world.First.TokenOf(Role.Dsl));
            Canaries(answer, "", seen);
        }

        Assert.True(seen.Count >= 3, string.Join(' ', seen));
        Assert.Equal([], seen.Where(c => !IsMarked(sdl, c)));
    }

    [Fact]
    public async Task An_answer_for_which_no_record_stands_in_the_audit_does_not_leave()
    {
        await using var gateway = await RunningGateway.StartAsync(configure: b => b.Services.AddGraphQLServer().AddTypeExtension<LeakQueries>());
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        var token = school.TokenOf(Role.Dsl);

        var refused = await gateway.QueryAsync("{ leak(empty: false) { text } }", token: token);
        Assert.False(refused.TryGetProperty("data", out _));
        Assert.Equal("INTERNAL", Assert.Single(refused.GetProperty("errors").EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("""{"data":{"leak":{"text":null}}}""", (await gateway.QueryAsync("{ leak(empty: true) { text } }", token: token)).ToString());
    }

    [Fact]
    public async Task A_failure_of_a_marked_field_is_logged_without_its_words()
    {
        using var witness = new Witness();
        await using var gateway = await RunningGateway.StartAsync(configure: b =>
        {
            witness.Attach(b);
            b.Services.AddGraphQLServer().AddTypeExtension<LeakQueries>();
        });
        var school = (await TwoSchools.FoundAsync(gateway)).First;

        var answer = (await gateway.QueryAsync("{ leak(empty: true) { fails refuses plain } }", token: school.TokenOf(Role.Dsl))).ToString();

        Assert.DoesNotContain(Canary, answer, StringComparison.Ordinal);
        var said = witness.Said.ToArray();
        Assert.Contains(said, s => s.Contains("Leak.fails failed with System.FormatException", StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains("The plain one failed", StringComparison.Ordinal)); // or the next line would prove nothing
        Assert.DoesNotContain(said, s => s.Contains(Canary, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What a client writes in words may name a child; these are words of the policy, the calendar or the platform.</summary>
    [Fact]
    public async Task What_a_client_writes_in_words_is_marked()
    {
        string[] impersonal =
        [
            "ChosenStepInput.deadline", "DecidePolicyQuestionInput.questionId", "IncidentsFilterInput.nature", "LinkIncidentsInput.otherSchoolReference", "PolicySourceInput.pack", "PolicySourceInput.yaml", "PupilsFilterInput.yearGroup",
            "SetSafeguardingNumbersInput.outOfHoursPhone", "SetSafeguardingNumbersInput.safeguardingPhone", "StepToDoInput.step", "TermInput.name", "TriageIncidentInput.nature",
        ];
        var marked = new List<string>();
        var unmarked = new List<string>();
        var sdl = await world.Gateway.Http.GetStringAsync("/graphql?sdl");
        var schema = await Shape.ReadAsync(world);
        foreach (var type in schema.InputTypes)
        {
            foreach (var text in schema.Inputs(type).Where(f => f.Type.Named == "String"))
            {
                (IsMarked(sdl, $"{type}.{text.Name}", "input") ? marked : unmarked).Add($"{type}.{text.Name}");
            }
        }

        Assert.Equal(impersonal, unmarked.Order(StringComparer.Ordinal));
        Assert.True(marked.Count > 70, $"Only {marked.Count} are marked.");
    }

    [Fact]
    public async Task What_is_sent_in_a_marked_field_comes_back_in_no_error_and_stands_in_no_log_or_trace()
    {
        using var witness = new Witness();
        await using var gateway = await RunningGateway.StartAsync(configure: b =>
        {
            witness.Attach(b);
            b.Services.AddGraphQLServer().AddTypeExtension<LeakMutations>();
        });
        var token = (await TwoSchools.FoundAsync(gateway)).First.TokenOf(Role.Dsl);
        const string Variable = "mutation($input: LeakInput!) { leak(input: $input) }";
        (string Query, string Variables)[] all =
        [
            (Variable, """{"input":{"within":{"text":"CANARY"}}}"""), ("""mutation { leak(input: {within: {text: "CANARY"}}) }""", "{}"),
            // Not of the field's type: what was sent instead is as personal.
            (Variable, """{"input":{"within":{"text":{"name":"CANARY"}}}}"""), (Variable, """{"input":{"within":{"day":"CANARY"}}}"""), ("""mutation { leak(input: {within: {day: "CANARY"}}) }""", "{}"),
        ];

        foreach (var (query, variables) in all)
        {
            var answer = await gateway.QueryAsync(WithCanary(query), JsonElement.Parse(WithCanary(variables)), token);

            Assert.True(answer.TryGetProperty("errors", out var errors), query);
            Assert.DoesNotContain(Canary, errors.ToString(), StringComparison.Ordinal);
        }

        var said = witness.Said.ToArray();
        Assert.Equal(2, said.Count(s => s.Contains("Mutation.leak failed with System.FormatException", StringComparison.Ordinal)));
        Assert.DoesNotContain(said, s => s.Contains(Canary, StringComparison.OrdinalIgnoreCase));

        static string WithCanary(string text) => text.Replace("CANARY", Canary, StringComparison.Ordinal);
    }

    /// <summary>What the store says of itself is what the person on call needs, and the client whether to try again.</summary>
    [Fact]
    public async Task A_store_that_cannot_write_is_told_as_such_though_the_input_is_marked()
    {
        await using var gateway = await RunningGateway.StartAsync(configure: b => b.Services.AddGraphQLServer().AddTypeExtension<LeakMutations>());
        var token = (await TwoSchools.FoundAsync(gateway)).First.TokenOf(Role.Dsl);

        var answer = (await gateway.QueryAsync("""mutation { leak(input: {within: {text: "full"}}) }""", token: token)).ToString();

        Assert.Contains("STORE_UNAVAILABLE", answer, StringComparison.Ordinal);
    }

    private static bool IsPersonal(PropertyInfo property) => property.IsDefined(typeof(PersonalAttribute));

    private static bool IsMarked(string sdl, string coordinate, string keyword = "type")
    {
        var (type, field) = (coordinate[..coordinate.IndexOf('.', StringComparison.Ordinal)], coordinate[(coordinate.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        var body = sdl[sdl.IndexOf($"\n{keyword} {type} ", StringComparison.Ordinal)..];
        return body[..body.IndexOf("\n}", StringComparison.Ordinal)].Split('\n').Any(l => l.StartsWith($"  {field}: ", StringComparison.Ordinal) && l.Contains("@personal", StringComparison.Ordinal));
    }

    private static void Canaries(JsonElement at, string type, HashSet<string> seen)
    {
        if (at.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in at.EnumerateArray())
            {
                Canaries(item, type, seen);
            }
        }
        else if (at.ValueKind == JsonValueKind.Object)
        {
            var own = at.TryGetProperty("__typename", out var name) ? name.GetString()! : "";
            foreach (var member in at.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.String && member.Value.GetString()!.Contains("canary", StringComparison.OrdinalIgnoreCase))
                {
                    seen.Add($"{own}.{member.Name}");
                }

                Canaries(member.Value, own, seen);
            }
        }
    }

    /// <summary>Fields as nobody should write them.</summary>
    [ExtendObjectType(OperationTypeNames.Query)]
    public sealed class LeakQueries
    {
        public Leak GetLeak(bool empty, Session session)
        {
            session.Asks();
            return new Leak(empty);
        }
    }

    /// <param name="Text">Quoted by the failure.</param>
    /// <param name="Day">A day.</param>
    public sealed record Within([property: Personal] string? Text, [property: Personal] DateOnly? Day);

    /// <param name="Within">The mark stands deeper.</param>
    public sealed record LeakInput(Within Within);

    [ExtendObjectType(OperationTypeNames.Mutation)]
    public sealed class LeakMutations
    {
        public Task<string?> LeakAsync(LeakInput input) => throw (input.Within.Text == "full"
            ? new StoreException(StoreProblem.DiskFull, "The disk is full.", true)
            : new FormatException($"'{input.Within.Text}' is no date."));
    }

    public sealed class Leak(bool empty)
    {
        [Personal]
        public string? Text => empty ? null : Canary;

        [Personal]
        public string? Fails => throw new FormatException($"'{Canary}' is no date.");

        [Personal]
        public string? Refuses => throw new GraphQLException(ErrorBuilder.New().SetMessage($"'{Canary}' is not allowed.").Build());

        public string? Plain => throw new InvalidOperationException("The plain one failed.");
    }
}
