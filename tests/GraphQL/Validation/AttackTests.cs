using System.Diagnostics;
using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Validation;
using OnlineSafetyTrust.GraphQL.Tests.Language;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

/// <summary>Documents made to cost more than they weigh. Each must be answered at once, with whichever answer.</summary>
public sealed class AttackTests
{
    // What a deployment might set that trusts its callers more than it should.
    private static readonly ParserLimits s_wideParser = ParserLimits.Default with { MaxTokens = 100_000, MaxBytes = 2_000_000, MaxDepth = ParserLimits.DepthCeiling };
    private static readonly ValidationLimits s_wide = new()
    {
        MaxOperations = 100_000, MaxDepth = 100_000, MaxSelections = int.MaxValue, MaxNesting = int.MaxValue, MaxAliases = int.MaxValue, MaxRootFields = int.MaxValue, MaxIntrospectionLists = 1_000,
    };

    private static string Repeat(int count, Func<int, string> part) => string.Concat(Enumerable.Range(0, count).Select(part));

    public static TheoryData<string, string, bool> Attacks() => new()
    {
        { "one field many times", $"{{ {Repeat(4_900, _ => "scale ")} }}", true },
        { "aliases", $"{{ {Repeat(1_600, i => $"a{i}: scale ")} }}", true },
        { "one alias, differing arguments", $"{{ {Repeat(600, i => $"a: scale(int: {i}) ")} }}", false },
        { "one object many times", $"{{ {Repeat(500, _ => "incident(id: 1) { id title } ")} }}", true },
        { "one object many times, deep", $"{{ {Repeat(60, _ => "incidents { related { related { related { related { id title pupils { id } } } } } } ")} }}", true },
        { "fragments doubling", "{ ...F0 }" + Repeat(300, i => $" fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}") + " fragment F300 on Query { scale }", true },
        { "fields doubling through fragments", "{ incidents { ...F0 } }" + Repeat(150, i => $" fragment F{i} on Incident {{ a: related {{ ...F{i + 1} }} b: related {{ ...F{i + 1} }} }}") + " fragment F150 on Incident { id }", true },
        { "fields doubling, each path differing", "{ incidents { ...F0 } }" + Repeat(100, i => $" fragment F{i} on Incident {{ a: related {{ ...F{i + 1} ...G{i + 1} }} b: related {{ ...F{i + 1} }} }} fragment G{i} on Incident {{ a: related {{ ...G{i + 1} }} b: related {{ ...F{i + 1} ...G{i + 1} }} }}") + " fragment F100 on Incident { id } fragment G100 on Incident { id } { incidents { ...G0 } }", false },
        { "a set of fields that differs on every path", SubsetBomb(13), true },
        { "object types times interfaces", $"{{ named {{ {Repeat(40, i => $"... on Pupil {{ a{i}: id ...P }} ... on Staff {{ a{i}: id ...S }} a{i}: id ")} }} }} fragment P on Pupil {{ id }} fragment S on Staff {{ id }}", true },
        { "a chain of fragments", "{ ...F0 }" + Repeat(700, i => $" fragment F{i} on Query {{ ...F{i + 1} }}") + " fragment F700 on Query { scale }", true },
        { "a cycle of all fragments", "{ ...F0 }" + Repeat(700, i => $" fragment F{i} on Query {{ ...F{(i + 1) % 700} }}"), false },
        { "every fragment spreads every one", "{ ...F0 }" + Repeat(40, i => $" fragment F{i} on Query {{ {Repeat(40, j => $"...F{j} ")} }}"), false },
        { "a cycle through a field, merged", "{ incidents { ...F } incidents { ...F } } fragment F on Incident { related { ...F } related { related { ...F } } }", false },
        { "many operations over many variables", Repeat(200, i => $"query Q{i} {{ ...F }} ") + $"fragment F on Query {{ {Repeat(500, i => $"scale(int: $v{i}) ")} }}", false },
        { "many variables", $"query ({Repeat(500, i => $"$v{i}: Int ")}) {{ scale(list: [{Repeat(500, i => $"$v{i} ")}]) }}", true },
        { "many arguments", $"{{ scale({Repeat(1_500, i => $"a{i}: 1 ")}) }}", false },
        { "one argument many times", $"{{ scale({Repeat(1_500, _ => "int: 1 ")}) }}", false },
        { "one input field many times", $"{{ scale(any: {{{Repeat(1_500, _ => "a: 1 ")}}}) }}", false },
        { "many input fields compared", $"{{ {Repeat(3, _ => $"scale(any: {{{Repeat(400, i => $"a{i}: 1 ")}}}) ")} }}", true },
        { "deep list", $"{{ scale(any: {new string('[', 190)}{new string(']', 190)}) }}", true },
        { "deep object for a flat type", $"{{ scale(int: {Repeat(190, _ => "{a: ")}1{new string('}', 190)}) }}", false },
        { "deep input object", $"{{ incidents(filter: {Repeat(180, _ => "{and: ")}null{new string('}', 180)}) {{ id }} }}", true },
        { "deep selections", $"{{ {Repeat(190, _ => "incidents { ")} id {new string('}', 190)} }}", false },
        { "a huge integer", $"{{ scale(int: {new string('9', 90_000)}) }}", false },
        { "a huge float", $"{{ scale(float: 1{new string('0', 90_000)}.0e-{new string('9', 9)}) }}", true },
        { "a huge name", $"{{ {new string('n', 90_000)} }}", false },
        { "introspection in circles", "{ __schema { types { " + Repeat(40, _ => "fields { type { ") + "name" + Repeat(40, _ => " } }") + " } } }", true },
        { "unknown fragments", $"{{ {Repeat(1_600, i => $"...F{i} ")} }}", false },
        { "unused fragments", "{ scale }" + Repeat(600, i => $" fragment F{i} on Query {{ scale }}"), false },
        { "spreads that cannot be", $"{{ incident(id: 1) {{ {Repeat(700, _ => "... on Named { id } ")} }} }}", false },
    };

    /// <summary>On every level a path either takes one more fragment along or does not: 2^depth different sets of fields to merge.</summary>
    private static string SubsetBomb(int depth)
    {
        var text = new StringBuilder("{ incidents { ...L0 } }");
        for (var i = 0; i < depth; i++)
        {
            text.Append($" fragment L{i} on Incident {{ a: related {{ ...L{i + 1} ...X{i}_{i + 1} }} b: related {{ ...L{i + 1} }} }}");
            for (var j = i + 1; j <= depth; j++)
            {
                var next = j == depth ? "id" : $"...X{i}_{j + 1}";
                text.Append($" fragment X{i}_{j} on Incident {{ x{i}: title a: related {{ {next} }} b: related {{ {next} }} }}");
            }
        }

        return text.Append($" fragment L{depth} on Incident {{ id }}").ToString();
    }

    [Fact]
    public void Work_that_doubles_with_every_level_is_refused_by_name()
    {
        var error = Assert.Single(Validator.Validate(Parser.Parse(SubsetBomb(20), s_wideParser), ValidationCase.Schema, s_wide));
        Assert.StartsWith("The document is too complex to validate", error.Message, StringComparison.Ordinal);
    }

    // Milliseconds, all of them (`./dev bench attacks`); five seconds is what a busy machine may add and a doubling cannot hide in.
    [Theory]
    [MemberData(nameof(Attacks))]
    public void Answered_at_once(string name, string document, bool soundButForItsSize)
    {
        var (accepted, took) = Run(document, ParserLimits.Default, ValidationLimits.Default);
        Assert.True(took < 5_000, $"{name}: {took} ms under the default limits");
        Assert.False(accepted && !soundButForItsSize, $"{name} was accepted");
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Answered_at_once_without_limits_on_size(string name, string document, bool soundButForItsSize)
    {
        var (accepted, took) = Run(document, s_wideParser, s_wide);
        Assert.True(took < 5_000, $"{name}: {took} ms under wide limits");
        Assert.False(accepted && !soundButForItsSize, $"{name} was accepted");
    }

    [Fact]
    public void Twenty_thousand_fields_that_merge_are_validated_in_linear_time()
    {
        var document = $"{{ {Repeat(2_500, i => $"incident(id: 1) {{ id title a{i % 50}: related {{ id at }} }} ")} }}";
        var (accepted, took) = Run(document, s_wideParser, s_wide);
        Assert.True(accepted);
        Assert.True(took < 5_000, $"{took} ms");
    }

    [Fact]
    public void A_long_chain_of_fragments_does_not_exhaust_a_small_stack()
    {
        var document = Parser.Parse("{ incidents { ...F0 } }" + Repeat(9_000, i => $" fragment F{i} on Incident {{ related {{ ...F{i + 1} }} }}") + " fragment F9000 on Incident { id }", s_wideParser);
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => Assert.Empty(Validator.Validate(document, ValidationCase.Schema, s_wide))), LimitTests.SmallestStack);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static (bool Accepted, long Milliseconds) Run(string document, ParserLimits parserLimits, ValidationLimits limits)
    {
        var source = Encoding.UTF8.GetBytes(document);
        var watch = Stopwatch.StartNew();
        var accepted = Parser.TryParse(source, parserLimits, out var parsed, out _)
            && Validator.Validate(parsed, ValidationCase.Schema, limits).IsEmpty;
        return (accepted, watch.ElapsedMilliseconds);
    }
}
