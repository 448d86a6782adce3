using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Grains.Schools;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Schools;

public class PolicyQuestionTests
{
    private static readonly DecidePolicyQuestion Command = new("who-triages", " The DSL alone ", null);

    private SchoolState _school = Enum.GetValues<Role>().SelectMany(r => new object[]
        {
            new PersonAdded(Of(r), Personal.Of(KeyOwner.Of(Of(r)), "Name"), Personal.Of(KeyOwner.Of(Of(r)), "a@b"), null, null), new RoleAssigned(Of(r), r, new(2020, 9, 1), null),
        })
        .Prepend(new SchoolEstablished(TenantId.Trust(Guid.Empty), "100001", "A School", Phase.Primary, Nation.England, [], "885", null, null))
        .Aggregate(SchoolState.Empty, After);

    [Theory]
    [InlineData(Role.Headteacher, "who-triages", null)]
    [InlineData(Role.Headteacher, "review-period", null)]
    [InlineData(Role.Governor, "review-period", null)]
    [InlineData(Role.Governor, "who-triages", "NOT_ALLOWED")]
    [InlineData(Role.Dsl, "who-triages", "NOT_ALLOWED")]
    [InlineData(Role.Dsl, "no-question", "NOT_ALLOWED")]
    [InlineData(Role.Headteacher, "no-question", "QUESTION_UNKNOWN")]
    public void Whoever_the_question_names_decides_and_the_head_records(Role role, string question, string? code)
    {
        Adopt("Who triages?");
        Assert.Equal(code, Decide(Command with { Question = question }, role).Errors.SingleOrDefault()?.Code);
    }

    [Fact]
    public void Words_are_needed_and_have_an_end_and_without_a_policy_there_is_no_question()
    {
        Assert.Equal("NO_POLICY", Decide(Command).Errors.Single().Code);
        Adopt("Who triages?");
        Assert.Equal("decision", Decide(Command with { Decision = " " }).Errors.Single().Fields.Single());
        Assert.Equal("decision", Decide(Command with { Decision = new string('x', 4001) }).Errors.Single().Fields.Single());
        Assert.Equal("reason", Decide(Command with { Reason = new string('x', 4001) }).Errors.Single().Fields.Single());
    }

    [Fact]
    public void A_decision_is_kept_under_a_version_with_the_same_question_and_does_not_answer_another()
    {
        Adopt("Who triages?");
        Store(Decide(Command));
        Assert.Empty(Decide(Command).Value!);
        Adopt("Who triages?");
        Assert.Empty(Decide(Command).Value!);
        var kept = Assert.Single(_school.Decisions!);
        Assert.Equal(("The DSL alone", "1+1", Actor.Of(Of(Role.Headteacher))), (kept.Decision.Plain, kept.Version, kept.By));
        Assert.Single(new SchoolModel().Rows(SchoolKey.Of(Id), _school), r => r.Table == SchoolTables.PolicyDecision && r.Id == "who-triages");

        Adopt("Who receives reports?");
        var view = new PolicyDecisionView(kept.Question, kept.Asked, null, null, kept.Version, kept.By, kept.At);
        Assert.False(view.Answers(_school.Policy!.Policy.Questions[0]));
        Store(Decide(Command));
        Assert.Equal(("Who receives reports?", "1+3"), (_school.Decisions!.Single().Asked, _school.Decisions!.Single().Version));
    }

    [Fact]
    public void What_is_done_does_not_follow_from_words()
    {
        Adopt("Who triages?");
        var before = _school.Policy;
        Store(Decide(Command));
        Assert.Same(before, _school.Policy);
        Assert.Empty(new SchoolModel().Reactions(SchoolKey.Of(Id), _school, Decide(Command with { Decision = "Other" }).Value!.Single(), _school, new EventMeta(1, Monday, Actor.System)));
    }

    private Result<Events> Decide(DecidePolicyQuestion command, Role role = Role.Headteacher) => PolicyQuestions.Decide(_school, command, p => p?.Plain, By(role));

    private void Adopt(string question)
    {
        var compiled = PolicyWith();
        PolicyQuestion[] questions = [new("who-triages", "reportsGoTo", question, "The DSL.", []), new("review-period", "review", "How often?", "No date.", [Role.Governor])];
        _school = After(_school, new PolicyAdopted("test", "Test", $"1+{_school.Adoptions + 1}", "hash", compiled with { Policy = compiled.Policy with { Questions = questions } }));
    }

    private void Store(Result<Events> result) => _school = _school.Apply(Assert.Single(result.Value!), new EventMeta(1, Monday, Actor.Of(Of(Role.Headteacher))));

    private static SchoolState After(SchoolState state, object @event) => state.Apply(@event, new EventMeta(1, Monday, Actor.System));
}
