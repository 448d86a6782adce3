using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Domain.Tests.Journal;

/// <summary>
/// What was ever written to a journal must load for ever: <c>stored-events.txt</c> holds bytes of every event, one <c>name json</c> a line, as the code
/// of their day wrote them. <c>UPDATE_EVENTS=1 dotnet test tests/Domain --filter StoredEvent</c> adds what is not there yet, for review. A line that is
/// there is in somebody's journal: it is never changed and never taken out. A member that must become another one needs a new version of its event.
/// </summary>
public sealed class StoredEventTests
{
    private static readonly (string Name, string Json)[] Today = [.. EventSamples.OfToday()];

    private static string File => Path.Combine(Repository.Root, "tests", "Domain", "Journal", "stored-events.txt");

    [Fact]
    public async Task Every_event_every_member_and_every_word_that_is_stored_today_has_a_sample()
    {
        var kept = await ReadAsync();
        var shown = kept.SelectMany(Shows).ToHashSet();
        if (Environment.GetEnvironmentVariable("UPDATE_EVENTS") == "1")
        {
            foreach (var sample in Today.Where(s => Shows(s).Except(shown).Any()))
            {
                kept.Add(sample);
                shown.UnionWith(Shows(sample));
            }

            // The sort is stable: lines of one name stay in the order they came.
            await System.IO.File.WriteAllLinesAsync(File, kept.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => $"{s.Name} {s.Json}"));
        }

        Assert.Equal([], Today.SelectMany(Shows).Except(shown).Select(s => $"{s} is in no sample."));
    }

    [Fact]
    public async Task No_sample_is_of_an_event_that_is_not_known() =>
        Assert.Equal([], (await ReadAsync()).Select(s => s.Name).Except(EventNames.All.Select(e => e.Key)));

    [Fact]
    public async Task Every_event_that_was_ever_stored_is_read_and_would_be_written_as_it_was() =>
        Assert.Equal([], (await ReadAsync()).SelectMany(s => Faults(EventNames.TypeOf(s.Name), s.Json).Select(f => $"{s.Name} {f}")));

    [Fact]
    public void A_member_or_a_word_that_is_known_no_more_is_found_also_where_it_was_sealed()
    {
        Assert.Equal([], Faults(typeof(Fictional), """{"part":"Witness"}"""));
        Assert.Equal(["sawIt"], Faults(typeof(Fictional), """{"part":"Witness","sawIt":true}"""));
        Assert.Contains("$.part", Assert.Single(Faults(typeof(Fictional), """{"part":"Onlooker"}""")), StringComparison.Ordinal);
        Assert.Equal(["sawIt"], Faults(typeof(Fictional), Sealed("""{"part":"Witness","sawIt":true}""")));
        Assert.Contains("$.part", Assert.Single(Faults(typeof(Fictional), Sealed("""{"part":"Onlooker"}"""))), StringComparison.Ordinal);

        static string Sealed(string inside) => $$"""{"part":"Witness","inside":"p1:o:1:inside:{{Convert.ToBase64String(Encoding.UTF8.GetBytes(inside))}}"}""";
    }

    [Fact]
    public void A_new_member_is_no_loss_and_a_member_that_is_gone_or_says_something_else_is()
    {
        Assert.Equal([], Lost("""{"a":[{"b":1}]}"""u8, """{"c":2,"a":[{"d":null,"b":1}]}"""u8));
        Assert.Equal(["a.b"], Lost("""{"a":[{"b":1}]}"""u8, """{"a":[{"B":1}]}"""u8));
        Assert.Equal(["a.b"], Lost("""{"a":[{"b":"Old"}]}"""u8, """{"a":[{"b":"New"}]}"""u8));
        Assert.Equal(["a"], Lost("""{"a":[1,2]}"""u8, """{"a":[1]}"""u8));
        Assert.Equal(["a"], Lost("""{"a":{}}"""u8, """{"a":3}"""u8));
    }

    private sealed record Fictional(PupilPart Part, Personal<Fictional>? Inside = null);

    private static async Task<List<(string Name, string Json)>> ReadAsync() =>
        System.IO.File.Exists(File) ? [.. (await System.IO.File.ReadAllLinesAsync(File)).Select(l => l.Split(' ', 2)).Select(l => (l[0], l[1]))] : [];

    /// <summary>Its name, its members and its words: what nobody has to look for in another sample.</summary>
    private static IEnumerable<string> Shows((string Name, string Json) sample) =>
    [
        sample.Name, .. Members(sample.Json).Select(m => $"{sample.Name} {m}"),
        .. Within(StoredJson.Read(Encoding.UTF8.GetBytes(sample.Json), EventNames.TypeOf(sample.Name))).OfType<Enum>().Select(w => $"{w.GetType().Name}.{w}"),
    ];

    private static IEnumerable<string> Faults(Type type, string json)
    {
        try
        {
            var read = StoredJson.Read(Encoding.UTF8.GetBytes(json), type);
            // What was sealed is sealed for ever, and is read only where somebody looks at it.
            return
            [
                .. Lost(Encoding.UTF8.GetBytes(json), StoredJson.Write(read, type)),
                .. Within(read).OfType<IPersonal>().SelectMany(p => Lost(Plain(p.Sealed!), StoredJson.Write(Opened(p), Opened(p).GetType()))),
            ];
        }
        catch (JsonException e)
        {
            return [e.Message];
        }
    }

    /// <summary>Such as <c>people.pupil</c>, inside what is sealed too.</summary>
    private static IEnumerable<string> Members(string json)
    {
        return Below(JsonNode.Parse(json), "").Distinct();

        static IEnumerable<string> Below(JsonNode? node, string path) => node switch
        {
            JsonObject members => members.SelectMany(m => Below(m.Value, Join(path, m.Key)).Prepend(Join(path, m.Key))),
            JsonArray items => items.SelectMany(i => Below(i, path)),
            JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith("p1:", StringComparison.Ordinal) => Below(JsonNode.Parse(Plain(text)), path),
            _ => [],
        };
    }

    /// <summary>Members of what was written that came to nothing, or to something else.</summary>
    private static IEnumerable<string> Lost(ReadOnlySpan<byte> written, ReadOnlySpan<byte> again)
    {
        return Below(JsonNode.Parse(written), JsonNode.Parse(again), "");

        static IEnumerable<string> Below(JsonNode? was, JsonNode? @is, string path) => (was, @is) switch
        {
            (JsonObject old, JsonObject now) => old.SelectMany(m => Below(m.Value, now[m.Key], Join(path, m.Key))),
            (JsonArray old, JsonArray now) when old.Count == now.Count => old.Zip(now).SelectMany(p => Below(p.First, p.Second, path)),
            _ => JsonNode.DeepEquals(was, @is) ? [] : [path],
        };
    }

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    /// <summary>As <see cref="Access.LegibleKeyring"/> seals.</summary>
    private static byte[] Plain(string text) => Convert.FromBase64String(text[(text.LastIndexOf(':') + 1)..]);

    private static object Opened(IPersonal personal) => StoredJson.Read(Plain(personal.Sealed!), personal.GetType().GetGenericArguments()[0]);

    /// <summary>Everything that an event holds.</summary>
    private static IEnumerable<object> Within(object value)
    {
        var below = value switch
        {
            string => [],
            IPersonal personal => [Opened(personal)],
            IDictionary pairs => pairs.Keys.Cast<object?>().Concat(pairs.Values.Cast<object?>()),
            IEnumerable items => items.Cast<object?>(),
            _ when value is not Enum && value.GetType().Namespace!.StartsWith("OnlineSafetyTrust", StringComparison.Ordinal) =>
                value.GetType().GetProperties().Where(p => p.GetMethod is { IsStatic: false } && p.GetIndexParameters().Length == 0).Select(p => p.GetValue(value)),
            _ => [],
        };
        return below.OfType<object>().SelectMany(Within).Prepend(value);
    }
}
