using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

public sealed class TenancyWalkTests(ApiWorld world) : TenancyWalk(world), IClassFixture<ApiWorld>;

public sealed class TenancyWalkOnPostgresTests(PostgresApiWorld world) : TenancyWalk(world), IClassFixture<PostgresApiWorld>;

/// <summary>Another school's id, wherever an id may stand, answers byte for byte like one that does not exist (A5).</summary>
public abstract class TenancyWalk(ApiWorld world)
{
    private static readonly Role[] Responders = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.OnlineSafetyLead];
    private static readonly Role[] Planners = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader];
    private static readonly Role[] Auditors = [Role.Dsl, Role.Headteacher, Role.DataProtectionOfficer];
    private static readonly Role[] Staff =
    [
        .. Responders, Role.NetworkManager, Role.ClassTeacher, Role.KeyWorker, Role.PastoralTeam, Role.SeniorLeader, Role.HeadOfYear, Role.SupportStaff, Role.DataProtectionOfficer,
    ];

    private static readonly Role[] Everybody = [.. Staff, Role.Governor, Role.OnlineSafetyGovernor, Role.ChairOfGovernors, Role.Volunteer, Role.Hr];

    /// <summary>Who of one's own school finds the record behind a query of its own; everybody else finds nothing.</summary>
    private static readonly Dictionary<string, Role[]> Finders = new()
    {
        ["accessLog Ban"] = [],
        ["accessLog Device"] = Auditors,
        ["accessLog Incident"] = Auditors,
        ["accessLog Person"] = Auditors,
        ["accessLog Pupil"] = Auditors,
        ["accessLog School"] = [],
        ["accessLog Strategy"] = Auditors,
        ["checksDue"] = [], // the first is due on a day to come
        ["chronology"] = Responders,
        ["device"] = Staff,
        ["devices"] = Staff,
        ["incident"] = Responders,
        ["incidentLog"] = [Role.Dsl, Role.DeputyDsl, Role.Headteacher],
        ["incidents"] = Responders,
        ["invitedIncidents"] = [], // for the trust
        ["node Ban"] = Staff,
        ["node Device"] = Staff,
        ["node Incident"] = Responders,
        ["node Person"] = Everybody,
        ["node Pupil"] = Staff,
        ["node School"] = Everybody,
        ["node Strategy"] = [.. Planners, Role.ClassTeacher, Role.KeyWorker],
        ["nodes Ban"] = Staff,
        ["nodes Device"] = Staff,
        ["nodes Incident"] = Responders,
        ["nodes Person"] = Everybody,
        ["nodes Pupil"] = Staff,
        ["nodes School"] = Everybody,
        ["nodes Strategy"] = [.. Planners, Role.ClassTeacher, Role.KeyWorker],
        ["policy"] = Everybody,
        ["pupil"] = Staff,
        ["pupils"] = Staff,
        ["school"] = Everybody,
        ["schools"] = Everybody,
        ["tasks"] = [Role.Dsl, Role.Headteacher, Role.NetworkManager, Role.ClassTeacher, Role.PastoralTeam], // each their own
        ["technologyAccess"] = Staff,
        ["trends"] = Everybody,
        ["trust"] = Everybody,
        ["viewer"] = Everybody,
        ["weeklyUpdate"] = [], // no week is over
    };

    private static readonly Dictionary<string, string[]> Types = new()
    {
        ["incidentId"] = ["Incident"], ["incident"] = ["Incident"], ["incidents"] = ["Incident"], ["other"] = ["Incident"],
        ["pupilId"] = ["Pupil"], ["deviceId"] = ["Device"], ["devices"] = ["Device"], ["strategyId"] = ["Strategy"], ["banId"] = ["Ban"],
        ["pupils"] = ["Pupil"],
        ["personId"] = ["Person"], ["absentId"] = ["Person"], ["coverId"] = ["Person"], ["owner"] = ["Person"], ["present"] = ["Person"], ["toStaff"] = ["Person"],
        ["decidedBy"] = ["Person"], ["recordId"] = ["Incident", "Pupil", "Device", "Person"], ["ids"] = ["Incident", "Pupil", "Device", "Strategy", "Ban", "Person", "School"],
    };

    [Theory]
    [InlineData(Role.Dsl)]
    [InlineData(Role.Headteacher)]
    [InlineData(Role.NetworkManager)]
    [InlineData(Role.ClassTeacher)]
    [InlineData(Role.Governor)]
    [InlineData(Role.OnlineSafetyLead)]
    [InlineData(Role.DataProtectionOfficer)]
    [InlineData(Role.Volunteer)]
    public async Task Another_schools_id_answers_like_a_random_one(Role role)
    {
        var documents = new Documents(await Shape.ReadAsync(world));
        var token = world.First.TokenOf(role);
        var differences = new List<string>();
        var places = documents.IdPlaces().ToList();
        foreach (var place in places)
        {
            foreach (var type in TypesOf(place))
            {
                var foreign = await AnswerAsync(documents, place, world.Second.IdOf(type), token);
                var random = await AnswerAsync(documents, place, ApiWorld.Id(type, Guid.CreateVersion7()), token);
                if (foreign != random || random.Contains("\"INTERNAL\"", StringComparison.Ordinal))
                {
                    differences.Add($"{place} as {type}\n  foreign {foreign}\n  random  {random}");
                }
            }
        }

        Assert.True(places.Count > 60, $"Only {places.Count} places for ids were found.");
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    [Theory]
    [InlineData(Role.Dsl)]
    [InlineData(Role.Headteacher)]
    [InlineData(Role.ClassTeacher)]
    [InlineData(Role.Governor)]
    [InlineData(Role.Volunteer)]
    public async Task Another_schools_number_answers_like_one_that_no_school_has(Role role)
    {
        var documents = new Documents(await Shape.ReadAsync(world));
        var token = world.First.TokenOf(role);
        var places = documents.UrnPlaces().ToList();
        Assert.Equal(["school(urn)"], places.Select(p => $"{p}"));
        foreach (var place in places)
        {
            var (own, foreign, unknown) = (await AskAsync(place, world.First.School.Urn), await AskAsync(place, world.Second.School.Urn), await AskAsync(place, "999999"));

            Assert.Equal(unknown, foreign);
            Assert.Equal("""{"data":{"school":null}}""", unknown);
            Assert.NotEqual(unknown, own);
        }

        async Task<string> AskAsync(InputPlace place, string urn)
        {
            var operation = documents.Write(place.Field, place.Mutation, _ => null, (place.Path, JsonValue.Create(urn)));
            using var response = await world.Gateway.PostAsync(operation.Document, operation.Variables, token);
            Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task Every_type_that_node_finds_is_asked_for_by_another_school()
    {
        // NodeTests asks for the first four; a trust is found by its own people only, whatever id is asked for.
        string[] elsewhere = ["Check", "CheckSchedule", "Task", "WeeklyUpdate", "Trust"];
        var schema = await Shape.ReadAsync(world);

        Assert.Equal(schema.ObjectTypes.Where(schema.IsNode).Order(), Types["ids"].Concat(elsewhere).Order());
        var other = await world.DataAsync("query($id: ID!) { node(id: $id) { id } }", world.First.TokenOf(Role.Dsl), new { id = ApiWorld.Id("Trust", Guid.CreateVersion7()) });
        Assert.Equal(JsonValueKind.Null, other.GetProperty("node").ValueKind);
    }

    [Fact]
    public async Task A_mutation_of_a_record_that_does_not_exist_answers_not_found()
    {
        var documents = new Documents(await Shape.ReadAsync(world));
        var wrong = new List<string>();

        // Whoever says that they found a nude is told to stop before anything else is looked up; a correction of nothing names nobody.
        foreach (var place in documents.IdPlaces().Where(p => p is { Mutation: true, Field.Name: not "recordExamination", Path: ["input", "incidentId" or "deviceId" or "pupilId" or "strategyId"] }
            && $"{p}" != "correctRecord(input.pupilId)"))
        {
            var answer = await AnswerAsync(documents, place, ApiWorld.Id(TypesOf(place)[0], Guid.CreateVersion7()), world.First.TokenOf(place.Field.Name == "decideStrategy" ? Role.Headteacher : Role.Dsl));
            if (!answer.Contains("\"__typename\":\"NotFoundError\"", StringComparison.Ordinal))
            {
                wrong.Add($"{place} {answer}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task A_query_of_a_record_that_does_not_exist_answers_null()
    {
        var documents = new Documents(await Shape.ReadAsync(world));
        foreach (var place in documents.IdPlaces().Where(p => !p.Mutation && p.Path is ["id" or "pupilId" or "recordId"]))
        {
            var use = place.Field.Name == "technologyAccess" ? "internet" : null;
            var answer = await AnswerAsync(documents, place, ApiWorld.Id(TypesOf(place)[0], Guid.CreateVersion7()), world.First.TokenOf(Role.Dsl), use);
            Assert.Equal($$$"""{"data":{"{{{place.Field.Name}}}":null}}""", answer);
        }
    }

    [Fact]
    public async Task A_sign_in_to_the_trust_changes_no_school_and_is_told_to_choose_one()
    {
        var schema = await Shape.ReadAsync(world);
        var documents = new Documents(schema);
        foreach (var mutation in schema.Mutations)
        {
            var operation = documents.Write(mutation, true, p => world.First.IdOf(TypesOf(p[^1], mutation.Name)[0]));
            var answer = (await world.Gateway.QueryAsync(operation.Document, operation.Variables, world.TrustToken)).ToString();
            Assert.True(answer.Contains("SCHOOL_NOT_CHOSEN", StringComparison.Ordinal), $"{mutation.Name}: {answer}");
        }
    }

    [Fact]
    public async Task Nobody_reads_or_changes_anything_without_signing_in()
    {
        var schema = await Shape.ReadAsync(world);
        var documents = new Documents(schema);
        foreach (var (field, mutation) in schema.Queries.Select(q => (q, false)).Concat(schema.Mutations.Select(m => (m, true))))
        {
            var operation = documents.Write(field, mutation, p => world.First.IdOf(TypesOf(p[^1], field.Name)[0]));
            var answer = (await world.Gateway.QueryAsync(operation.Document, operation.Variables)).ToString();
            Assert.True(answer.Contains("AUTH_NOT_AUTHENTICATED", StringComparison.Ordinal), $"{field.Name}: {answer}");
        }
    }

    [Fact]
    public async Task The_wrong_role_finds_nothing()
    {
        var schema = await Shape.ReadAsync(world);
        var documents = new Documents(schema);
        var seen = new SortedDictionary<string, Role[]>(StringComparer.Ordinal);
        foreach (var (field, type) in schema.Queries.SelectMany(f => TypesAsked(f).Select(t => (f, t))))
        {
            var operation = documents.Write(field, false, p => world.First.IdOf(type ?? TypesOf(p[^1], field.Name)[0]));
            foreach (var (name, value) in new[] { ("use", "internet"), ("urn", "100001") }.Where(v => operation.Variables.ContainsKey(v.Item1)))
            {
                operation.Variables[name] = value;
            }

            var finders = new List<Role>();
            foreach (var role in Everybody)
            {
                var answer = await world.DataAsync(operation.Document, world.First.TokenOf(role), operation.Variables);
                if (HoldsSomething(answer.GetProperty(field.Name)))
                {
                    finders.Add(role);
                }

                // Whatever the table says: these words are for those who respond.
                Assert.False(answer.ToString().Contains(" canary", StringComparison.Ordinal) && !Responders.Contains(role), $"{field.Name} as {role}: {answer}");
            }

            seen[type is null ? field.Name : $"{field.Name} {type}"] = [.. finders];
        }

        Assert.True(Lines(Finders) == Lines(seen), Lines(seen));
    }

    private static string Lines(IEnumerable<KeyValuePair<string, Role[]>> finders) =>
        string.Join('\n', finders.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}: {string.Join(' ', f.Value.Order())}"));

    private static string?[] TypesAsked(FieldShape field) => field.Name is "node" or "nodes" or "accessLog" ? [.. Types["ids"]] : [null];

    private static bool HoldsSomething(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.Array => found.EnumerateArray().Any(HoldsSomething),
        JsonValueKind.Object => !found.TryGetProperty("nodes", out var nodes) || nodes.GetArrayLength() > 0,
        _ => false,
    };

    private async Task<string> AnswerAsync(Documents documents, InputPlace place, string id, string token, string? text = null)
    {
        // Every other id is one's own school's: only the id in question decides. Of alternatives only that one is given.
        bool IsBeside(IReadOnlyList<string> p) => p.Count > 2 && p.SkipLast(1).SequenceEqual(place.Path.SkipLast(1));
        var operation = documents.Write(place.Field, place.Mutation, p => p.SequenceEqual(place.Path) ? id : IsNeeded(place, p) && !IsBeside(p) ? world.First.IdOf(TypesOf(p[^1], place.Field.Name)[0]) : null);
        if (text is not null)
        {
            operation.Variables["use"] = text;
        }

        using var response = await world.Gateway.PostAsync(operation.Document, operation.Variables, token);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.OK, answer);
        return answer.Replace(id, "{id}", StringComparison.Ordinal);
    }

    private static bool IsNeeded(InputPlace place, IReadOnlyList<string> path) =>
        (path.Count <= place.Path.Count || path is [.., "borrower" or "user", _]) && path[^1] is "incidentId" or "pupilId" or "deviceId" or "strategyId" or "personId" or "absentId" or "coverId" or "banId" or "owner" or "id";

    private static string[] TypesOf(InputPlace place) => TypesOf(place.Path[^1], place.Field.Name);

    internal static string[] TypesOf(string name, string field) =>
        name != "id" ? Types[name]
        : field == "node" ? Types["ids"]
        : [char.ToUpperInvariant(field[0]) + field[1..]];
}
