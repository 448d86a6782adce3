using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.GraphQL.Tests.Language;

public sealed class ParserTests
{
    [Theory]
    [InlineData("{a}", "query { a }")]
    [InlineData("query Q { a }", "query Q { a }")]
    [InlineData("mutation{a}subscription S{b}", "mutation { a } subscription S { b }")]
    [InlineData("{ a: b c }", "query { a: b c }")]
    [InlineData("{ a(x: 1, y: -2.5e3 z: \"s\") }", "query { a(x: 1 y: -2.5e3 z: \"s\") }")]
    [InlineData("{ a(x: [1 [] [true,false]] y: {} z: {a: null, b: {c: E}} v: $v) }", "query { a(x: [1 [] [true false]] y: {} z: {a: null b: {c: E}} v: $v) }")]
    [InlineData("query ($a: Int, $b: [Int!]! = [1] @d(x: 2) @e) { a }", "query ($a: Int $b: [Int!]! = [1] @d(x: 2) @e) { a }")]
    [InlineData("query Q @a @b(c: $d) { x @c y @d { z @e } }", "query Q @a @b(c: $d) { x @c y @d { z @e } }")]
    [InlineData("{ ...F ...F @a ... { b } ... @c { d } ... on T { e } ... on T @f { g } }", "query { ...F ...F @a ... { b } ... @c { d } ... on T { e } ... on T @f { g } }")]
    [InlineData("fragment F on T @d { a } { b }", "query { b } fragment F on T @d { a }")]
    [InlineData("{ on query mutation fragment true false null type: input }", "query { on query mutation fragment true false null type: input }")]
    [InlineData("query fragment { a(on: on, type: type) } fragment query on on { null }", "query fragment { a(on: on type: type) } fragment query on on { null }")]
    [InlineData("query on { a }", "query on { a }")]
    [InlineData("{ ...onward }", "query { ...onward }")]
    [InlineData("\"about\" query Q(\"of it\" $a: Int) { a } \"\"\"\n  long\n\"\"\" fragment F on T { b }", "'about' query Q ('of it' $a: Int) { a } 'long' fragment F on T { b }")]
    public void Documents(string source, string expected) => Assert.Equal(expected, DocumentText.Of(Parser.Parse(source)));

    [Theory]
    [InlineData("", 1, 1, "Unexpected <EOF>.")]
    [InlineData("# nothing\n", 2, 1, "Unexpected <EOF>.")]
    [InlineData("{", 1, 2, "Expected Name, found <EOF>.")]
    [InlineData("{}", 1, 2, "Expected Name, found \"}\".")]
    [InlineData("{ a", 1, 4, "Expected Name, found <EOF>.")]
    [InlineData("{ a }}", 1, 6, "Unexpected \"}\".")]
    [InlineData("{ a() }", 1, 5, "Expected Name, found \")\".")]
    [InlineData("{ a(b) }", 1, 6, "Expected \":\", found \")\".")]
    [InlineData("{ a(b:) }", 1, 7, "Unexpected \")\".")]
    [InlineData("{ a(b: [1) }", 1, 10, "Unexpected \")\".")]
    [InlineData("{ a(b: {c}) }", 1, 10, "Expected \":\", found \"}\".")]
    [InlineData("{ a { } }", 1, 7, "Expected Name, found \"}\".")]
    [InlineData("{ a: }", 1, 6, "Expected Name, found \"}\".")]
    [InlineData("{ a: b: c }", 1, 7, "Expected Name, found \":\".")]
    [InlineData("{ ... }", 1, 7, "Expected \"{\", found \"}\".")]
    [InlineData("{ ...on }", 1, 9, "Expected Name, found \"}\".")]
    [InlineData("{ ... on T }", 1, 12, "Expected \"{\", found \"}\".")]
    [InlineData("{ @d }", 1, 3, "Expected Name, found \"@\".")]
    [InlineData("{ \"a\" }", 1, 3, "Expected Name, found String.")]
    [InlineData("query Q", 1, 8, "Expected \"{\", found <EOF>.")]
    [InlineData("query Q() { a }", 1, 9, "Expected \"$\", found \")\".")]
    [InlineData("query Q($a) { a }", 1, 11, "Expected \":\", found \")\".")]
    [InlineData("query Q($a: Int!!) { a }", 1, 17, "Expected \"$\", found \"!\".")]
    [InlineData("query Q($a: [Int) { a }", 1, 17, "Expected \"]\", found \")\".")]
    [InlineData("query Q($a: Int = $b) { a }", 1, 19, "Unexpected variable \"$b\" in constant value.")]
    [InlineData("query Q($a: Int = [{x: $b}]) { a }", 1, 24, "Unexpected variable \"$b\" in constant value.")]
    [InlineData("query Q($a: Int @d(x: $b)) { a }", 1, 23, "Unexpected variable \"$b\" in constant value.")]
    [InlineData("{ a(b: $) }", 1, 9, "Expected Name, found \")\".")]
    [InlineData("notAnOperation Foo { a }", 1, 1, "Unexpected Name \"notAnOperation\".")]
    [InlineData("fragment on on T { a }", 1, 10, "Unexpected Name \"on\".")]
    [InlineData("fragment F T { a }", 1, 12, "Expected \"on\", found Name \"T\".")]
    [InlineData("fragment F { a }", 1, 12, "Expected \"on\", found \"{\".")]
    [InlineData("fragment F($a: Int) on T { a }", 1, 11, "Expected \"on\", found \"(\".")]
    [InlineData("\"d\" { a }", 1, 1, "Unexpected description, descriptions are not supported on shorthand queries.")]
    [InlineData("\"d\"", 1, 4, "Unexpected <EOF>.")]
    [InlineData("\"d\" \"e\" query { a }", 1, 5, "Unexpected String.")]
    [InlineData("{ a }\ntype T { a: Int }", 2, 1, "A \"type\" definition is not executable.")]
    [InlineData("extend schema @d", 1, 1, "A \"extend\" definition is not executable.")]
    [InlineData("\"d\" scalar S", 1, 5, "A \"scalar\" definition is not executable.")]
    [InlineData("[", 1, 1, "Unexpected \"[\".")]
    [InlineData("{ a(b: \"\\x\") }", 1, 9, "Invalid character escape sequence.")]
    [InlineData("{ a(b: \"x\\u{110000}\") }", 1, 10, "Invalid Unicode escape sequence.")]
    public void Errors_say_where(string source, int line, int column, string message)
    {
        var error = Assert.Throws<SyntaxException>(() => Parser.Parse(source)).Error;

        Assert.Equal($"Syntax Error: {message}", error.Message);
        Assert.Equal(new SourceLocation(line, column), Assert.Single(error.Locations));
    }

    [Fact]
    public void A_literal_is_never_repeated_in_a_message()
    {
        var error = Assert.Throws<SyntaxException>(() => Parser.Parse("{ a(name: \"Jo Bloggs\" \"Jo Bloggs\") }")).Error;

        Assert.DoesNotContain("Bloggs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_know_where_they_begin()
    {
        var document = Parser.Parse("query Q($v: Int) {\n  a: b(c: [$v]) @d {\r\n    ...F\n  }\n}\n\nfragment F on T { x }");

        var operation = document.Operations[0];
        var field = Assert.IsType<FieldNode>(operation.SelectionSet.Selections[0]);
        Assert.Equal(new(1, 7), document.LocationOf(operation.Name!));
        Assert.Equal(new(1, 9), document.LocationOf(operation.Variables[0]));
        Assert.Equal(new(1, 13), document.LocationOf(operation.Variables[0].Type));
        Assert.Equal(new(2, 3), document.LocationOf(field));
        Assert.Equal(new(2, 8), document.LocationOf(field.Arguments[0]));
        Assert.Equal(new(2, 12), document.LocationOf(((ListValueNode)field.Arguments[0].Value).Items[0]));
        Assert.Equal(new(2, 17), document.LocationOf(field.Directives[0]));
        Assert.Equal(new(3, 5), document.LocationOf(field.SelectionSet!.Selections[0]));
        Assert.Equal(new(7, 1), document.LocationOf(document.Fragments[0]));
        Assert.Equal(new(7, 15), document.LocationOf(document.Fragments[0].TypeCondition));
    }

    [Fact]
    public void The_document_survives_its_request_buffer()
    {
        var buffer = "{ a }"u8.ToArray();
        var document = Parser.Parse(buffer);
        buffer.AsSpan().Fill((byte)'\n');

        Assert.Equal(new(1, 3), document.LocationOf(document.Operations[0].SelectionSet.Selections[0]));
        Assert.Equal(3, document.TokenCount);
    }

    [Fact]
    public void A_constant_stands_alone()
    {
        Assert.Equal("[1 {a: E}]", DocumentText.Of(Parser.ParseConstant("[1, {a: E}]")));
        Assert.Throws<SyntaxException>(() => Parser.ParseConstant("1 2"));
        Assert.Throws<SyntaxException>(() => Parser.ParseConstant("$a"));
    }

    [Fact]
    public void Names_seen_before_are_the_same_string_and_never_another()
    {
        var long1 = new string('n', 60);
        var document = Parser.Parse($"{{ name name {long1} nam3 }}");
        var fields = document.Operations[0].SelectionSet.Selections.Cast<FieldNode>().ToArray();

        Assert.Same(fields[0].Name, fields[1].Name);
        Assert.Equal(long1, fields[2].Name);
        for (var i = 0; i < 20_000; i++)
        {
            Assert.Equal($"n{i}", NameTable.Get(System.Text.Encoding.ASCII.GetBytes($"n{i}")));
        }
    }

    [Fact]
    public void Try_gives_the_error_instead()
    {
        Assert.True(Parser.TryParse("{ a }"u8.ToArray(), null, out var document, out _));
        Assert.Single(document.Operations);
        Assert.False(Parser.TryParse("{ a"u8.ToArray(), null, out _, out var error));
        Assert.StartsWith("Syntax Error: ", error.Message, StringComparison.Ordinal);
    }
}
