using OnlineSafetyTrust.Embedded.GraphQL.Validation;
using static OnlineSafetyTrust.GraphQL.Tests.Validation.ValidationCase;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

public sealed class SizeRuleTests
{
    private static readonly ValidationLimits s_small = new() { MaxDepth = 3, MaxSelections = 9, MaxNesting = 6, MaxAliases = 2, MaxRootFields = 4, MaxOperations = 2 };

    [Theory]
    [InlineData("{ incidents { related { id } } }")]
    [InlineData("{ __schema { types { fields { type { ofType { name } } } } } }")]
    [InlineData("{ a: scale b: scale scale }")]
    [InlineData("{ ...F ...F } fragment F on Query { scale scale }")]
    public void Within_limits(string document) => Assert.Empty(Errors(document, s_small));

    [Theory]
    [InlineData("{ incidents { related { related { id } } } }", "depth with fragments expanded exceeds the maximum of 3")]
    [InlineData("{ incidents { ...A } } fragment A on Incident { related { ... { ...B } } } fragment B on Incident { related { id } }", "depth with fragments expanded exceeds the maximum of 3")]
    [InlineData("{ ... { ... { ... { ... { ... { ... { scale } } } } } } }", "nesting with fragments expanded exceeds the maximum of 6")]
    [InlineData("{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...D } fragment D on Query { ... { ... { scale } } }", "nesting with fragments expanded exceeds the maximum of 6")]
    [InlineData("{ incidents { id title at outcome tags nature __typename ... { id } related { id } } }", "number of selections with fragments expanded exceeds the maximum of 9")]
    [InlineData("{ a: scale b: scale c: scale }", "number of aliases with fragments expanded exceeds the maximum of 2")]
    [InlineData("{ ...F ...F ...F } fragment F on Query { a: scale }", "number of aliases with fragments expanded exceeds the maximum of 2")]
    [InlineData("{ scale scale scale scale scale }", "number of root fields with fragments expanded exceeds the maximum of 4")]
    [InlineData("{ ...F ...F ...F } fragment F on Query { scale ... { scale } }", "number of root fields with fragments expanded exceeds the maximum of 4")]
    [InlineData("query A { scale } query B { scale } query C { scale }", "3 operations which exceeds the maximum of 2")]
    public void Beyond_limits(string document, string message) =>
        Assert.Contains(Errors(document, s_small), e => e.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("{ __schema { types { fields { type { fields { name } } } } } }", false)]
    [InlineData("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", true)]
    [InlineData("{ __type(name: \"A\") { ...A } } fragment A on __Type { fields { type { ...B } } } fragment B on __Type { interfaces { possibleTypes { name } } }", true)]
    [InlineData("{ incident(id: 1) { id } __type(name: \"A\") { inputFields { type { inputFields { type { inputFields { name } } } } } } }", true)]
    public void Introspection_of_lists_within_lists(string document, bool refused) =>
        Assert.Equal(refused ? ["Maximum introspection depth exceeded @1:1"] : [], Errors(document));

    [Theory]
    [InlineData("{ __schema { types { name } } }")]
    [InlineData("{ ...F } fragment F on Query { ... { __type(name: \"A\") { name } } }")]
    public void Introspection_can_be_forbidden(string document)
    {
        var limits = new ValidationLimits { AllowIntrospection = false };
        Assert.Equal(["Introspection is not allowed for the current request. @1:1"], Errors(document, limits));
        Assert.Empty(Errors("{ __typename }", limits));
    }

    [Fact]
    public void Errors_are_bounded()
    {
        Assert.Equal(50, Errors("{" + string.Concat(Enumerable.Repeat(" nope", 1_000)) + "}", new() { MaxRootFields = 1_000 }).Length);
        Assert.Equal(3, Errors("{ a b c d e }", new() { MaxErrors = 3 }).Length);
    }
}
