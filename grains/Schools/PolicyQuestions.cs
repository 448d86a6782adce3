using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>What the school decides where its policy contradicts itself or is silent (B1). It is recorded; what is done follows from the pack alone.</summary>
internal static class PolicyQuestions
{
    /// <param name="open">Reads what was sealed.</param>
    public static Result<Events> Decide(SchoolState state, DecidePolicyQuestion command, Func<Personal<string>?, string?> open, CommandContext context)
    {
        if (!state.Exists)
        {
            return SchoolErrors.NotEstablished;
        }

        var question = state.Policy?.Policy.Questions.FirstOrDefault(q => q.Id == command.Question);
        if (!MayDecide(state, question, context))
        {
            return DomainError.NotAllowed("whoever the question names and the headteacher");
        }

        if (question is null)
        {
            return state.Policy is null ? SchoolErrors.NoPolicy : SchoolErrors.QuestionUnknown;
        }

        var (decision, reason) = (command.Decision.Trim(), string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim());
        var owner = KeyOwner.Of(SchoolKey.Of(context.Tenant).Stream);
        return decision.Length == 0 ? SchoolErrors.DecisionMissing
            : decision.Length > SchoolErrors.LongestDecision ? SchoolErrors.TextTooLong("decision")
            : reason?.Length > SchoolErrors.LongestDecision ? SchoolErrors.TextTooLong("reason")
            : state.Decisions?.Find(d => (d.Question, d.Asked) == (question.Id, question.Question)) is { } known && open(known.Decision) == decision && open(known.Reason) == reason ? Events.None
            : Events.Of(new PolicyQuestionDecided(question.Id, question.Question, Personal.Of(owner, decision), Personal.OfText(owner, reason), state.InForce!.Version));
    }

    private static bool MayDecide(SchoolState state, PolicyQuestion? question, CommandContext context) =>
        context.Actor.Person is { } person && state.Staff.RolesOf(person, London.DateOf(context.Now)).Overlaps([Role.Headteacher, .. question?.DecidedBy ?? []]);
}
