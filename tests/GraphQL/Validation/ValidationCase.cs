using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;
using OnlineSafetyTrust.Embedded.GraphQL.Validation;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

/// <summary>The schema the rules are tested on, and errors written as <c>message @line:column</c>.</summary>
internal static class ValidationCase
{
    public const string Sdl = """
        scalar Date
        scalar Any
        enum Nature { KNOWING UNKNOWING BULLYING }
        interface Node { id: ID! }
        interface Named implements Node { id: ID! name(full: Boolean): String }
        type Incident implements Node {
          id: ID! title: String! nature: Nature! at: Date outcome: String
          pupils(first: Int = 10, year: Int): [Pupil!]! reporter: Person related: [Incident!] tags: [String!]!
        }
        type Pupil implements Named & Node { id: ID! name(full: Boolean): String year: Int! friends: [Pupil] incidents: [Incident!]! label: String! }
        type Staff implements Named & Node { id: ID! name(full: Boolean): String role: String! label: Int manager: Staff incidents: [Incident!] }
        union Person = Pupil | Staff
        union Subject = Incident | Pupil
        input Range { from: Date! to: Date, step: Int! = 1 }
        input Filter { nature: [Nature!], range: Range, ids: [ID!], open: Boolean, and: Filter, text: String }
        input Key @oneOf { id: ID urn: Int range: Range }
        type Query {
          incident(id: ID!): Incident
          incidents(filter: Filter, first: Int, natures: [Nature!]! = KNOWING): [Incident!]!
          pupil(key: Key!): Pupil
          person(id: ID): Person
          subject: Subject
          node(id: ID!): Node
          named: Named
          scale(int: Int, float: Float, string: String, boolean: Boolean, id: ID, date: Date, any: Any, list: [Int], nested: [[Int!]!]): Float
          needs(a: Int!, b: String! = "x"): Int
        }
        type Mutation { close(id: ID!, reason: String): Incident reopen(id: ID!): Incident }
        type Subscription { changed(school: ID!): Incident added: Incident }
        directive @tag(name: String!, level: Int) repeatable on FIELD | QUERY | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
        directive @once on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | MUTATION | SUBSCRIPTION
        directive @onObject on OBJECT
        """;

    public static Schema Schema { get; } = SchemaText.Build(Sdl);

    public static string[] Errors(string document, ValidationLimits? limits = null) =>
        [.. Validator.Validate(Parser.Parse(document), Schema, limits).Select(Text)];

    public static void Accepts(string document) => Assert.Empty(Errors(document));

    public static void Refuses(string document, params string[] errors) => Assert.Equal(errors, Errors(document));

    private static string Text(DocumentError error) =>
        $"{error.Message} {string.Join(' ', error.Locations.Select(l => $"@{l.Line}:{l.Column}"))}".TrimEnd();
}
