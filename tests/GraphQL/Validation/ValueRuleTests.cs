using static OnlineSafetyTrust.GraphQL.Tests.Validation.ValidationCase;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

public sealed class ValueRuleTests
{
    [Theory]
    [InlineData("scale(int: 1, float: 1, string: \"a\", boolean: true, id: 1, date: \"2026-11-02\")")]
    [InlineData("scale(int: -2147483648, float: 1.5e3, id: \"x\", string: \"\"\"b\"\"\")")]
    [InlineData("scale(int: null, float: null, string: null, boolean: null, id: null, date: null, list: null)")]
    [InlineData("scale(any: {a: [1, {b: E}], c: null}) b: scale(any: E) c: scale(any: 123456789012345678901234567890)")]
    [InlineData("scale(list: [1, null, 2]) b: scale(list: 1) c: scale(list: []) d: scale(nested: [[1], []]) e: scale(nested: 1)")]
    [InlineData("incidents(filter: {}) { id } b: incidents(filter: {nature: KNOWING, and: {and: {open: false}}}, natures: [KNOWING, BULLYING]) { id }")]
    [InlineData("incidents(filter: {range: {from: \"2026-01-01\"}, ids: [1, \"b\"], text: null}) { id }")]
    [InlineData("pupil(key: {id: 1}) { id } b: pupil(key: {range: {from: \"2026-01-01\"}}) { id }")]
    public void Valid(string selection) => Accepts($"{{ {selection} }}");

    [Theory]
    [InlineData("scale(int: \"1\")", "Expected value of type \"Int\", found a string. @1:14")]
    [InlineData("scale(int: 1.0)", "Expected value of type \"Int\", found a float. @1:14")]
    [InlineData("scale(int: 2147483648)", "Expected value of type \"Int\", found an integer. @1:14")]
    [InlineData("scale(int: 829384293849283498239482938)", "Expected value of type \"Int\", found an integer. @1:14")]
    [InlineData("scale(int: FOO)", "Expected value of type \"Int\", found an enum value. @1:14")]
    [InlineData("scale(int: [1])", "Expected value of type \"Int\", found a list. @1:14")]
    [InlineData("scale(int: {a: 1})", "Expected value of type \"Int\", found an object. @1:14")]
    [InlineData("scale(float: \"1\")", "Expected value of type \"Float\", found a string. @1:16")]
    [InlineData("scale(string: 1)", "Expected value of type \"String\", found an integer. @1:17")]
    [InlineData("scale(string: BAR)", "Expected value of type \"String\", found an enum value. @1:17")]
    [InlineData("scale(boolean: 1)", "Expected value of type \"Boolean\", found an integer. @1:18")]
    [InlineData("scale(boolean: \"true\")", "Expected value of type \"Boolean\", found a string. @1:18")]
    [InlineData("scale(id: 1.0)", "Expected value of type \"ID\", found a float. @1:13")]
    [InlineData("scale(id: true)", "Expected value of type \"ID\", found a boolean. @1:13")]
    [InlineData("scale(date: \"2026-13-01\")", "Expected value of type \"Date\", found a string. @1:15")]
    [InlineData("needs(a: null)", "Expected value of non-null type \"Int!\" not to be null. @1:12")]
    [InlineData("scale(list: [1, \"a\", 2, true])", "Expected value of type \"Int\", found a string. @1:19", "Expected value of type \"Int\", found a boolean. @1:27")]
    [InlineData("scale(nested: [1, null])", "Expected value of non-null type \"[Int!]!\" not to be null. @1:21")]
    [InlineData("scale(nested: [[null]])", "Expected value of non-null type \"Int!\" not to be null. @1:19")]
    [InlineData("incidents(natures: [WRONG, 1, \"KNOWING\", true, knowing]) { id }", "Value \"WRONG\" does not exist in \"Nature\" enum. @1:23", "Enum \"Nature\" cannot represent non-enum value: found an integer. @1:30", "Enum \"Nature\" cannot represent non-enum value: found a string. @1:33", "Enum \"Nature\" cannot represent non-enum value: found a boolean. @1:44", "Value \"knowing\" does not exist in \"Nature\" enum. @1:50")]
    [InlineData("incidents(filter: 1) { id }", "Expected value of type \"Filter\" to be an object, found an integer. @1:21")]
    [InlineData("incidents(filter: [{}]) { id }", "Expected value of type \"Filter\" to be an object, found a list. @1:21")]
    [InlineData("incidents(filter: {nope: 1}) { id }", "Expected value of type \"Filter\" not to include unknown field \"nope\". @1:22")]
    [InlineData("incidents(filter: {open: true, open: false}) { id }", "There can be only one input field named \"open\". @1:22 @1:34")]
    [InlineData("incidents(filter: {range: {}}) { id }", "Expected value of type \"Range\" to include required field \"from\". @1:29")]
    [InlineData("incidents(filter: {range: {from: null, step: null}}) { id }", "Expected value of non-null type \"Date!\" not to be null. @1:36", "Expected value of non-null type \"Int!\" not to be null. @1:48")]
    [InlineData("incidents(filter: {and: {and: {open: 1}}}) { id }", "Expected value of type \"Boolean\", found an integer. @1:40")]
    [InlineData("scale(any: {a: 1, a: 2})", "There can be only one input field named \"a\". @1:15 @1:21")]
    [InlineData("scale(any: [{a: {b: 1, b: 2}}])", "There can be only one input field named \"b\". @1:20 @1:26")]
    [InlineData("pupil(key: {}) { id }", "Within OneOf Input Object type \"Key\", exactly one field must be specified, and the value for that field must be non-null. @1:14")]
    [InlineData("pupil(key: {id: 1, urn: 2}) { id }", "Within OneOf Input Object type \"Key\", exactly one field must be specified, and the value for that field must be non-null. @1:14")]
    [InlineData("pupil(key: {id: null}) { id }", "Within OneOf Input Object type \"Key\", exactly one field must be specified, and the value for that field must be non-null. @1:14")]
    [InlineData("pupil(key: {id: 1, urn: null}) { id }", "Within OneOf Input Object type \"Key\", exactly one field must be specified, and the value for that field must be non-null. @1:14")]
    public void Invalid(string selection, params string[] errors) => Refuses($"{{ {selection} }}", errors);

    [Fact]
    public void A_childs_name_in_a_wrong_place_is_not_repeated_in_the_message() =>
        Assert.All(
            Errors("{ scale(int: \"Jo Bloggs\", boolean: \"Jo Bloggs\", list: [\"Jo Bloggs\"]) incidents(filter: \"Jo Bloggs\", natures: \"Jo Bloggs\") { id } }"),
            e => Assert.DoesNotContain("Bloggs", e, StringComparison.Ordinal));
}
