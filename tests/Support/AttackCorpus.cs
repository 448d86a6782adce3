using System.Text;

namespace OnlineSafetyTrust.Tests.Support;

/// <summary>Bodies of requests made to cost more than they weigh: each is refused, and in milliseconds (<c>./dev bench attacks</c>).</summary>
public static class AttackCorpus
{
    public static IEnumerable<(string What, string Body)> Bodies { get; } =
    [
        ("aliases", Query($"{{ {string.Concat(Enumerable.Range(0, 50_000).Select(i => $"a{i}: __typename "))} }}")),
        ("aliases of a field with work behind it", Query($"{{ {string.Concat(Enumerable.Range(0, 2_000).Select(i => $"a{i}: incidents {{ nodes {{ id }} }} "))} }}")),
        ("a cycle of fragments", Query("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")),
        ("introspection in circles", Query("{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }")),
        ("a huge integer", Query("query ($f: Int) { incidents(first: $f) { nodes { id } } }", $"{{\"f\":{Repeat("9", 500_000)}}}")),
        ("a huge integer in the document", Query($"{{ incidents(first: {Repeat("9", 500_000)}) {{ nodes {{ id }} }} }}")),
        ("a field of an input twice", """{"query":"query ($f: IncidentFilterInput) { incidents(filter: $f) { nodes { id } } }","variables":{"f":{"open":true,"open":false}}}"""),
        ("a member twice", """{"query":"{ __typename }","query":"{ incidents { nodes { id } } }"}"""),
        ("a member under both its names", """{"query":"{ __typename }","documentId":"a","id":"b"}"""),
        ("a variable given twice", """{"query":"query ($a: Int) { incidents(first: $a) { nodes { id } } }","variables":{"a":1,"a":2}}"""),
        ("an argument twice", Query("{ incidents(first: 1, first: 2) { nodes { id } } }")),
        ("a variable twice", Query("query ($a: Int, $a: Int) { incidents(first: $a) { nodes { id } } }")),
        ("a long list of ids", Query("query ($i: [ID!]!) { nodes(ids: $i) { id } }", $"{{\"i\":[{string.Join(',', Enumerable.Repeat("\"x\"", 100_000))}]}}")),
        ("many variables among many members", Query($"query ({string.Concat(Enumerable.Range(0, 700).Select(i => $"$zz{i}: ID! "))}) {{ nodes(ids: [{string.Concat(Enumerable.Range(0, 700).Select(i => $"$zz{i} "))}]) {{ id }} }}", $"{{{string.Join(',', Enumerable.Range(0, 90_000).Select(i => $"\"{i}\":0"))}}}")),
        ("directives", Query($"{{ __typename {Repeat("@skip(if: false) ", 20_000)} }}")),
    ];

    /// <summary>A request of a document that has nothing to escape.</summary>
    public static string Query(string document, string variables = "{}") => $$"""{"query":"{{document}}","variables":{{variables}} }""";

    public static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
