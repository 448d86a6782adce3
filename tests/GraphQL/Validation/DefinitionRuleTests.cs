using static OnlineSafetyTrust.GraphQL.Tests.Validation.ValidationCase;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

public sealed class DefinitionRuleTests
{
    [Theory]
    [InlineData("{ subject { __typename } }")]
    [InlineData("query A { scale } mutation B { close(id: 1) { id } } subscription C { added { id } }")]
    [InlineData("query F { ...F } fragment F on Query { scale }")]
    [InlineData("{ ...A ...B } fragment A on Query { ...C } fragment B on Query { ...C } fragment C on Query { scale }")]
    [InlineData("query A { ...F } query B { ...F } fragment F on Query { scale }")]
    [InlineData("subscription { ...F } fragment F on Subscription { added { id @skip(if: true) } }")]
    [InlineData("subscription { added { id } ... on Subscription { added { title } } ... { ...F } } fragment F on Subscription { added { at } }")]
    public void Valid(string document) => Accepts(document);

    [Theory]
    [InlineData("query A { scale } query A { scale }", "There can be only one operation named \"A\". @1:7 @1:25")]
    [InlineData("query A { scale } mutation A { close(id: 1) { id } }", "There can be only one operation named \"A\". @1:7 @1:28")]
    [InlineData("{ scale } query B { scale }", "This anonymous operation must be the only defined operation. @1:1")]
    [InlineData("{ ...F ...F } fragment F on Query { scale } fragment F on Query { scale }", "There can be only one fragment named \"F\". @1:24 @1:54")]
    [InlineData("{ scale } fragment F on Query { scale }", "Fragment \"F\" is never used. @1:11")]
    [InlineData("{ scale } fragment F on Query { ...G } fragment G on Query { scale }", "Fragment \"F\" is never used. @1:11", "Fragment \"G\" is never used. @1:40")]
    [InlineData("fragment F on Query { scale }", "Fragment \"F\" is never used. @1:1")]
    [InlineData("{ ...F }", "Unknown fragment \"F\". @1:3")]
    [InlineData("{ ... { scale ...F } }", "Unknown fragment \"F\". @1:15")]
    [InlineData("{ ...A } fragment A on Query { ...A }", "Cannot spread fragment \"A\" within itself. @1:32")]
    [InlineData("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "Cannot spread fragment \"A\" within itself via \"B\". @1:32 @1:61")]
    [InlineData("{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ... { ...B } }", "Cannot spread fragment \"B\" within itself via \"C\". @1:61 @1:96")]
    [InlineData("{ node(id: 1) { ...A } } fragment A on Staff { manager { ...A } }", "Cannot spread fragment \"A\" within itself. @1:58")]
    [InlineData("{ ...A } fragment A on Query { ...A ...A }", "Cannot spread fragment \"A\" within itself. @1:32", "Cannot spread fragment \"A\" within itself. @1:37")]
    public void Invalid(string document, params string[] errors) => Refuses(document, errors);

    [Theory]
    [InlineData("subscription S { added { id } changed(school: 1) { id } }", "Subscription \"S\" must select only one top level field. @1:31")]
    [InlineData("subscription { added { id } b: added { id } }", "Anonymous Subscription must select only one top level field. @1:29")]
    [InlineData("subscription { added { id } ...F } fragment F on Subscription { changed(school: 1) { id } }", "Anonymous Subscription must select only one top level field. @1:65")]
    [InlineData("subscription { __typename }", "Anonymous Subscription must not select an introspection top level field. @1:16")]
    [InlineData("subscription S { added { id } __typename }", "Subscription \"S\" must select only one top level field. @1:31", "Subscription \"S\" must not select an introspection top level field. @1:31")]
    [InlineData("subscription ($b: Boolean!) { added @skip(if: $b) { id } }", "Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection. @1:37")]
    [InlineData("subscription { added { id } ... @include(if: true) { added { at } } }", "Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection. @1:33")]
    [InlineData("subscription { ...F @include(if: true) } fragment F on Subscription { added { at } }", "Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection. @1:21")]
    [InlineData("subscription { ...F } fragment F on Subscription { added @skip(if: false) { at } }", "Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection. @1:58")]
    public void Subscriptions(string document, params string[] errors) => Refuses(document, errors);

    [Fact]
    public void Operations_the_schema_lacks()
    {
        var schema = SchemaText.Build("type Query { a: Int }");
        var errors = Embedded.GraphQL.Validation.Validator.Validate(Embedded.GraphQL.Language.Parser.Parse("mutation A { a } subscription B { a }"), schema);
        Assert.Equal(["The mutation operation is not supported by the schema.", "The subscription operation is not supported by the schema."], errors.Select(e => e.Message));
    }
}
