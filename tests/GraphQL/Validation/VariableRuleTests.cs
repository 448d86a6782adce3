using static OnlineSafetyTrust.GraphQL.Tests.Validation.ValidationCase;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

public sealed class VariableRuleTests
{
    [Theory]
    [InlineData("query ($a: Int) { scale(int: $a) }")]
    [InlineData("query ($a: Int!) { scale(int: $a, list: [$a, 1]) needs(a: $a) }")]
    [InlineData("query ($a: Int = 1) { needs(a: $a) }")]
    [InlineData("query ($a: String) { needs(a: 1, b: $a) }")]
    [InlineData("query ($a: [Int]) { scale(list: $a) }")]
    [InlineData("query ($a: [Int!]!) { scale(list: $a) }")]
    [InlineData("query ($a: [[Int!]!]) { scale(nested: $a) }")]
    [InlineData("query ($a: Boolean = false) { scale @skip(if: $a) }")]
    [InlineData("query ($a: Boolean!) { ...F @include(if: $a) } fragment F on Query { scale(boolean: $a) }")]
    [InlineData("query A($a: Int) { ...F } query B($a: Int!) { ...F } fragment F on Query { ... { scale(int: $a) } }")]
    [InlineData("query ($a: Filter, $n: Nature!, $r: Range!) { incidents(filter: $a) { id } b: incidents(filter: {nature: [$n], range: $r}) { id } }")]
    [InlineData("query ($n: [Nature!]) { incidents(natures: $n) { id } }")]
    [InlineData("query ($n: Int) { incidents(filter: {range: {from: \"2026-01-01\", step: $n}}) { id } }")]
    [InlineData("query ($id: ID!) { pupil(key: {id: $id}) { id } }")]
    [InlineData("query ($id: ID = 1) { pupil(key: {id: $id}) { id } }")]
    [InlineData("query ($k: Key!) { pupil(key: $k) { id } }")]
    [InlineData("query ($a: String, $b: Int) { scale(any: {x: $a, y: [$b]}) }")]
    [InlineData("query ($f: Filter = {nature: [KNOWING], range: {from: \"2026-01-01\"}}) { incidents(filter: $f) { id } }")]
    [InlineData("query ($a: Int = null) { scale(int: $a) }")]
    public void Valid(string document) => Accepts(document);

    [Theory]
    [InlineData("query ($a: Int, $a: Int) { scale(int: $a) }", "There can be only one variable named \"$a\". @1:8 @1:17")]
    [InlineData("query ($a: Nothing) { scale(int: $a) }", "Unknown type \"Nothing\". @1:12")]
    [InlineData("query ($a: [Nothing!]!) { scale(int: $a) }", "Unknown type \"Nothing\". @1:13")]
    [InlineData("query ($a: Incident) { scale(any: [$a]) }", "Variable \"$a\" cannot be non-input type \"Incident\". @1:12")]
    [InlineData("query ($a: [Node!]) { scale(any: [$a]) }", "Variable \"$a\" cannot be non-input type \"[Node!]\". @1:12")]
    [InlineData("query ($a: Person) { scale(any: [$a]) }", "Variable \"$a\" cannot be non-input type \"Person\". @1:12")]
    [InlineData("{ scale(int: $a) }", "Variable \"$a\" is not defined. @1:14 @1:1")]
    [InlineData("query Q { scale(list: [1, $a]) }", "Variable \"$a\" is not defined by operation \"Q\". @1:27 @1:1")]
    [InlineData("query Q { scale @skip(if: $a) }", "Variable \"$a\" is not defined by operation \"Q\". @1:27 @1:1")]
    [InlineData("query Q { scale(any: {x: [$a]}) }", "Variable \"$a\" is not defined by operation \"Q\". @1:27 @1:1")]
    [InlineData("query A($a: Int) { ...F } query B { ...F } fragment F on Query { ...G } fragment G on Query { scale(int: $a) }", "Variable \"$a\" is not defined by operation \"B\". @1:106 @1:27")]
    [InlineData("query Q($a: Int) { scale }", "Variable \"$a\" is never used in operation \"Q\". @1:9")]
    [InlineData("query ($a: Int, $b: Int) { scale(int: $b) }", "Variable \"$a\" is never used. @1:8")]
    [InlineData("query A($a: Int) { scale } query B($a: Int) { ...F } fragment F on Query { scale(int: $a) }", "Variable \"$a\" is never used in operation \"A\". @1:9")]
    [InlineData("query ($a: Int = \"x\") { scale(int: $a) }", "Expected value of type \"Int\", found a string. @1:18")]
    [InlineData("query ($a: Int! = null) { scale(int: $a) }", "Expected value of non-null type \"Int!\" not to be null. @1:19")]
    [InlineData("query ($a: Filter = {nope: 1}) { incidents(filter: $a) { id } }", "Expected value of type \"Filter\" not to include unknown field \"nope\". @1:22")]
    public void Definitions_and_uses(string document, params string[] errors) => Refuses(document, errors);

    [Theory]
    [InlineData("$a: String", "scale(int: $a)", "String", "Int")]
    [InlineData("$a: Int", "scale(float: $a)", "Int", "Float")]
    [InlineData("$a: Int", "needs(a: $a)", "Int", "Int!")]
    [InlineData("$a: Int = null", "needs(a: $a)", "Int", "Int!")]
    [InlineData("$a: Int = 1", "needs(a: 1, b: $a)", "Int", "String!")]
    [InlineData("$a: Int", "scale(list: $a)", "Int", "[Int]")]
    [InlineData("$a: [Int]", "scale(int: $a)", "[Int]", "Int")]
    [InlineData("$a: [Int]", "scale(list: [$a])", "[Int]", "Int")]
    [InlineData("$a: [[Int]]", "scale(nested: $a)", "[[Int]]", "[[Int!]!]")]
    [InlineData("$a: [Nature]", "incidents(natures: $a) { id }", "[Nature]", "[Nature!]!")]
    [InlineData("$a: Nature", "incidents(filter: {nature: [$a]}) { id }", "Nature", "Nature!")]
    [InlineData("$a: Date", "incidents(filter: {range: {from: $a}}) { id }", "Date", "Date!")]
    [InlineData("$a: Filter", "incidents(filter: {range: $a}) { id }", "Filter", "Range")]
    [InlineData("$a: Boolean", "scale @skip(if: $a)", "Boolean", "Boolean!")]
    public void Positions(string variable, string selection, string type, string expected)
    {
        var error = Assert.Single(Errors($"query ({variable}) {{ {selection} }}"));
        Assert.StartsWith($"Variable \"$a\" of type \"{type}\" used in position expecting type \"{expected}\". @1:8 @1:", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_in_fragments_are_judged_by_each_operation() => Refuses(
        "query A($a: Int!) { ...F } query B($a: Int) { ...F } fragment F on Query { needs(a: $a) }",
        "Variable \"$a\" of type \"Int\" used in position expecting type \"Int!\". @1:36 @1:85");

    [Fact]
    public void A_oneOf_field_takes_no_variable_that_may_be_null() => Refuses(
        "query ($a: ID) { pupil(key: {id: $a}) { id } }",
        "Variable \"$a\" is of type \"ID\" but must be non-nullable to be used for OneOf Input Object \"Key\". @1:8 @1:34");
}
