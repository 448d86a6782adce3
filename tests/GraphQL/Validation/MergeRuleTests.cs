using static OnlineSafetyTrust.GraphQL.Tests.Validation.ValidationCase;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

public sealed class MergeRuleTests
{
    private const string Advice = "Use different aliases on the fields to fetch both if this was intentional.";

    [Theory]
    [InlineData("{ scale scale }")]
    [InlineData("{ a: scale a: scale }")]
    [InlineData("{ a: scale b: scale }")]
    [InlineData("{ scale(int: 1, float: 2) scale(float: 2, int: 1) }")]
    [InlineData("{ scale(any: {a: 1, b: [E, \"x\"]}) scale(any: {b: [E, \"x\"], a: 1}) }")]
    [InlineData("query ($v: Int) { scale(int: $v) ... { scale(int: $v) } }")]
    [InlineData("{ scale @skip(if: true) scale @include(if: true) }")]
    [InlineData("{ incident(id: 1) { id } incident(id: 1) { title } ...F } fragment F on Query { incident(id: 1) { at } }")]
    [InlineData("{ named { ... on Pupil { name(full: true) } ... on Staff { name(full: false) } } }")]
    [InlineData("{ named { ... on Pupil { x: id } ... on Staff { x: id } } }")]
    [InlineData("{ node(id: 1) { ... on Incident { x: title } ... on Pupil { x: label } } }")]
    [InlineData("{ named { ... on Pupil { incidents { id } } ... on Staff { x: incidents { id } } } }")]
    [InlineData("{ person { ... on Pupil { x: incidents { a: title } } } subject { ... on Incident { x: outcome } } }")]
    [InlineData("{ named { ... on Pupil { f: friends { x: name } } ... on Staff { m: manager { x: role } } } }")]
    public void Valid(string document) => Accepts(document);

    [Theory]
    [InlineData("{ x: scale x: needs(a: 1) }", "Fields \"x\" conflict because they return conflicting types \"Float\" and \"Int\"")]
    [InlineData("{ incident(id: 1) { title: outcome title: id } }", "Fields \"title\" conflict because they return conflicting types \"String\" and \"ID!\"")]
    [InlineData("{ incident(id: 1) { x: title x: title ... { x: title } ...F } } fragment F on Incident { x: id }", "Fields \"x\" conflict because they return conflicting types \"String!\" and \"ID!\"")]
    [InlineData("{ scale(int: 1) scale(int: 2) }", "Fields \"scale\" conflict because they have differing arguments")]
    [InlineData("{ scale(int: 1) scale }", "Fields \"scale\" conflict because they have differing arguments")]
    [InlineData("{ scale(string: \"1\") ...F } fragment F on Query { scale(string: \"2\") }", "Fields \"scale\" conflict because they have differing arguments")]
    [InlineData("{ scale(any: [1, 2]) scale(any: [[1], 2]) }", "Fields \"scale\" conflict because they have differing arguments")]
    [InlineData("{ scale(any: 1) scale(any: 1.0) }", "Fields \"scale\" conflict because they have differing arguments")]
    [InlineData("{ scale(any: \"E\") scale(any: E) }", "Fields \"scale\" conflict because they have differing arguments")]
    [InlineData("{ scale(any: \"1,\") scale(any: \"1\") }", "Fields \"scale\" conflict because they have differing arguments")]
    [InlineData("query ($a: Int, $b: Int) { scale(int: $a) scale(int: $b) }", "Fields \"scale\" conflict because they have differing arguments")]
    [InlineData("{ incident(id: 1) { x: title } incident(id: 1) { x: tags } }", "Fields \"incident\" conflict because subfields \"x\" conflict because they return conflicting types \"String!\" and \"[String!]!\"")]
    [InlineData("{ incident(id: 1) { reporter { ... on Pupil { x: id } } } incident(id: 1) { reporter { ... on Pupil { x: name } } } }", "Fields \"incident\" conflict because subfields \"reporter\" conflict because subfields \"x\" conflict because they return conflicting types \"ID!\" and \"String\"")]
    [InlineData("{ named { x: id ... on Pupil { x: label } } }", "Fields \"x\" conflict because they return conflicting types \"ID!\" and \"String!\"")]
    [InlineData("{ named { name(full: true) ... on Pupil { name } } }", "Fields \"name\" conflict because they have differing arguments")]
    [InlineData("{ named { name(full: true) ... on Pupil { id } ... on Staff { name } } }", "Fields \"name\" conflict because they have differing arguments")]
    [InlineData("{ named { ... on Pupil { label } ... on Staff { label } } }", "Fields \"label\" conflict because they return conflicting types \"String!\" and \"Int\"")]
    [InlineData("{ named { ... on Pupil { x: incidents { id } } ... on Staff { x: incidents { id } } } }", "Fields \"x\" conflict because they return conflicting types \"[Incident!]!\" and \"[Incident!]\"")]
    [InlineData("{ person { ... on Pupil { x: friends { id } } ... on Staff { x: manager { id } } } }", "Fields \"x\" conflict because they return conflicting types \"[Pupil]\" and \"Staff\"")]
    [InlineData("{ person { ... on Pupil { x: incidents { y: title } } } person { ... on Pupil { x: incidents { y: id } } } }", "Fields \"person\" conflict because subfields \"x\" conflict because subfields \"y\" conflict because they return conflicting types \"String!\" and \"ID!\"")]
    [InlineData("{ named { ... on Node { x: id } ... on Person { ... on Pupil { x: year } } } }", "Fields \"x\" conflict because they return conflicting types \"ID!\" and \"Int!\"")]
    [InlineData("{ incident(id: 1) { x: title x: label2 } }", "Cannot query field \"label2\" on type \"Incident\"")]
    [InlineData("mutation { a: close(id: 1) { id } a: reopen(id: 1) { id } }", "Fields \"a\" conflict because \"close\" and \"reopen\" are different fields")]
    [InlineData("{ incident(id: 1) { ...A ...B } } fragment A on Incident { x: title } fragment B on Incident { ...C } fragment C on Incident { related { id } x: outcome }", "Fields \"x\" conflict because they return conflicting types \"String!\" and \"String\"")]
    public void Invalid(string document, string error) =>
        Assert.StartsWith(error, Assert.Single(Errors(document)), StringComparison.Ordinal);

    [Fact]
    public void How_a_string_is_quoted_does_not_matter() => Accepts("{ scale(string: \"x\") scale(string: \"\"\"x\"\"\") }");

    [Fact]
    public void The_error_points_at_both_fields() => Refuses(
        "{\n  scale(int: 1)\n  ...F\n}\nfragment F on Query {\n  scale(int: 2)\n}",
        $"Fields \"scale\" conflict because they have differing arguments. {Advice} @2:3 @6:3");

    [Fact]
    public void Conflicts_far_below_one_field_are_found_as_well() => Refuses(
        "{ incidents { related { related { x: title x: tags } } } }",
        $"Fields \"x\" conflict because they return conflicting types \"String!\" and \"[String!]!\". {Advice} @1:35 @1:44");
}
