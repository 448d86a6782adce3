using static OnlineSafetyTrust.GraphQL.Tests.Validation.ValidationCase;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

public sealed class SelectionRuleTests
{
    [Theory]
    [InlineData("{ __typename scale incidents { id title nature __typename } }")]
    [InlineData("{ __schema { types { name } } __type(name: \"X\") { name } }")]
    [InlineData("{ node(id: 1) { id ... on Incident { title } ... on Named { name } } }")]
    [InlineData("{ person { __typename ... on Pupil { year } ... on Node { id } ... on Subject { ... on Pupil { year } } } }")]
    [InlineData("{ named { ... on Person { __typename } ... on Staff { role } ... { id } } }")]
    [InlineData("{ subject { ... { __typename } } }")]
    [InlineData("{ incident(id: 1) { ...N ...S } } fragment N on Node { id } fragment S on Subject { __typename }")]
    public void Valid(string document) => Accepts(document);

    [Theory]
    [InlineData("{ nothing }", "Cannot query field \"nothing\" on type \"Query\". @1:3")]
    [InlineData("{ a: nothing(x: 1) { b } }", "Cannot query field \"nothing\" on type \"Query\". @1:3")]
    [InlineData("{ incident(id: 1) { scale } }", "Cannot query field \"scale\" on type \"Incident\". @1:21")]
    [InlineData("{ incident(id: 1) { __schema { types { name } } } }", "Cannot query field \"__schema\" on type \"Incident\". @1:21")]
    [InlineData("mutation { __schema { types { name } } }", "Cannot query field \"__schema\" on type \"Mutation\". @1:12")]
    [InlineData("{ node(id: 1) { title } }", "Cannot query field \"title\" on type \"Node\". @1:17")]
    [InlineData("{ person { name } }", "Cannot query field \"name\" on type \"Person\". @1:12")]
    [InlineData("{ person { ... on Pupil { role } } }", "Cannot query field \"role\" on type \"Pupil\". @1:27")]
    [InlineData("{ named { ...F } } fragment F on Staff { year }", "Cannot query field \"year\" on type \"Staff\". @1:42")]
    [InlineData("{ incident(id: 1) }", "Field \"incident\" of type \"Incident\" must have a selection of subfields. Did you mean \"incident { ... }\"? @1:3")]
    [InlineData("{ incidents }", "Field \"incidents\" of type \"[Incident!]!\" must have a selection of subfields. Did you mean \"incidents { ... }\"? @1:3")]
    [InlineData("{ person }", "Field \"person\" of type \"Person\" must have a selection of subfields. Did you mean \"person { ... }\"? @1:3")]
    [InlineData("{ scale { a } }", "Field \"scale\" must not have a selection since type \"Float\" has no subfields. @1:9")]
    [InlineData("{ incidents { nature { a } tags { b } } }", "Field \"nature\" must not have a selection since type \"Nature!\" has no subfields. @1:22", "Field \"tags\" must not have a selection since type \"[String!]!\" has no subfields. @1:33")]
    public void Fields(string document, params string[] errors) => Refuses(document, errors);

    [Theory]
    [InlineData("{ ... on Nothing { a } }", "Unknown type \"Nothing\". @1:10")]
    [InlineData("{ ...F } fragment F on Nothing { a }", "Unknown type \"Nothing\". @1:24")]
    [InlineData("{ ... on Nature { a } }", "Fragment cannot condition on non composite type \"Nature\". @1:10")]
    [InlineData("{ ... on Filter { a } }", "Fragment cannot condition on non composite type \"Filter\". @1:10")]
    [InlineData("{ ...F } fragment F on Int { a }", "Fragment \"F\" cannot condition on non composite type \"Int\". @1:24")]
    [InlineData("{ incident(id: 1) { ... on Pupil { id } } }", "Fragment cannot be spread here as objects of type \"Incident\" can never be of type \"Pupil\". @1:21")]
    [InlineData("{ incident(id: 1) { ... on Person { __typename } } }", "Fragment cannot be spread here as objects of type \"Incident\" can never be of type \"Person\". @1:21")]
    [InlineData("{ incident(id: 1) { ... on Named { id } } }", "Fragment cannot be spread here as objects of type \"Incident\" can never be of type \"Named\". @1:21")]
    [InlineData("{ person { ... on Incident { id } } }", "Fragment cannot be spread here as objects of type \"Person\" can never be of type \"Incident\". @1:12")]
    [InlineData("{ named { ...F } } fragment F on Incident { id }", "Fragment \"F\" cannot be spread here as objects of type \"Named\" can never be of type \"Incident\". @1:11")]
    [InlineData("{ person { ... on Pupil { ... on Staff { id } } } }", "Fragment cannot be spread here as objects of type \"Pupil\" can never be of type \"Staff\". @1:27")]
    public void Fragments(string document, params string[] errors) => Refuses(document, errors);

    [Theory]
    [InlineData("{ needs(a: 1) needs2: needs(a: 1, b: \"\") }")]
    [InlineData("query Q @tag(name: \"a\") @tag(name: \"b\", level: 1) { scale @once @tag(name: \"c\") @skip(if: true) @include(if: false) ...F @once ... @once { scale } } fragment F on Query @tag(name: \"d\") { scale }")]
    [InlineData("query ($a: Int @tag(name: \"a\")) { scale(int: $a) }")]
    [InlineData("mutation @once { close(id: 1) { id } }")]
    public void Valid_arguments_and_directives(string document) => Accepts(document);

    [Theory]
    [InlineData("{ scale(nope: 1) }", "Unknown argument \"nope\" on field \"Query.scale\". @1:9")]
    [InlineData("{ named { name(half: true) } }", "Unknown argument \"half\" on field \"Named.name\". @1:16")]
    [InlineData("{ __typename(a: 1) }", "Unknown argument \"a\" on field \"Query.__typename\". @1:14")]
    [InlineData("{ scale(int: 1, int: 2) }", "There can be only one argument named \"int\". @1:9 @1:17")]
    [InlineData("{ incident { id } }", "Argument \"Query.incident(id:)\" of type \"ID!\" is required, but it was not provided. @1:3")]
    [InlineData("{ needs(b: \"\") }", "Argument \"Query.needs(a:)\" of type \"Int!\" is required, but it was not provided. @1:3")]
    [InlineData("{ __type { name } }", "Argument \"Query.__type(name:)\" of type \"String!\" is required, but it was not provided. @1:3")]
    [InlineData("{ scale @nope }", "Unknown directive \"@nope\". @1:9")]
    [InlineData("{ scale @onObject }", "Directive \"@onObject\" may not be used on FIELD. @1:9")]
    [InlineData("query @once { scale }", "Directive \"@once\" may not be used on QUERY. @1:7")]
    [InlineData("mutation @skip(if: true) { close(id: 1) { id } }", "Directive \"@skip\" may not be used on MUTATION. @1:10")]
    [InlineData("subscription @tag(name: \"a\") { added { id } }", "Directive \"@tag\" may not be used on SUBSCRIPTION. @1:14")]
    [InlineData("{ ...F @tag(name: \"a\") } fragment F on Query @once { scale }", "Directive \"@tag\" may not be used on FRAGMENT_SPREAD. @1:8", "Directive \"@once\" may not be used on FRAGMENT_DEFINITION. @1:46")]
    [InlineData("{ ... @tag(name: \"a\") { scale } }", "Directive \"@tag\" may not be used on INLINE_FRAGMENT. @1:7")]
    [InlineData("query ($a: Int @once) { scale(int: $a) }", "Directive \"@once\" may not be used on VARIABLE_DEFINITION. @1:16")]
    [InlineData("{ scale @once @once }", "The directive \"@once\" can only be used once at this location. @1:9 @1:15")]
    [InlineData("{ scale @skip(if: true) @once @skip(if: false) }", "The directive \"@skip\" can only be used once at this location. @1:9 @1:31")]
    [InlineData("{ scale @skip }", "Argument \"@skip(if:)\" of type \"Boolean!\" is required, but it was not provided. @1:9")]
    [InlineData("{ scale @skip(if: true, unless: 1) }", "Unknown argument \"unless\" on directive \"@skip\". @1:25")]
    [InlineData("{ scale @tag(name: \"a\", name: \"b\") }", "There can be only one argument named \"name\". @1:14 @1:25")]
    [InlineData("{ scale @tag(name: 1) }", "Expected value of type \"String\", found an integer. @1:20")]
    public void Arguments_and_directives(string document, params string[] errors) => Refuses(document, errors);
}
