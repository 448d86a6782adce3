using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    /// <summary>J5: the original stays in the journal, the record shows what is right and the mark.</summary>
    public static Result<Events> Correct(IncidentState state, SchoolFacts facts, CorrectRecord command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if ((CheckCorrection(state, setting, command) ?? CheckCorrectionBounds(command) ?? CheckAdded(state, command)) is { } error)
        {
            return error;
        }

        var draft = new IncidentDraft(state, setting);
        var person = state.People.Find(p => p.Pupil == command.Pupil);
        object? correction = command.Field switch
        {
            CorrectedField.What when !Empty(command.Text) => new WhatCorrected(draft.Required(command.Text!), draft.Required(command.Reason)),
            CorrectedField.Place when !Empty(command.Text) => new PlaceCorrected(draft.Required(command.Text!), draft.Required(command.Reason)),
            CorrectedField.HappenedAt when command.At is { } at => new HappenedAtCorrected(state.HappenedAt, Microseconds.Truncate(at), draft.Required(command.Reason)),
            CorrectedField.PupilPart when command.Part is { } part && person is not null => new PupilPartCorrected(person.Pupil, person.Part, part, draft.Required(command.Reason)),
            CorrectedField.PupilAdded when command is { Pupil: { } pupil, Part: { } part, Dimensions: { } dimensions } =>
                new PupilAdded(new PupilInvolved(pupil, part, dimensions), draft.Required(command.Reason)),
            CorrectedField.PupilWithdrawn when person is not null => new PupilWithdrawn(person, draft.Required(command.Reason)),
            CorrectedField.Address when !Empty(command.Text) && state.Addresses.Exists(a => a.Number == command.Number) =>
                new AddressCorrected(command.Number!.Value, draft.Required(command.Text!), draft.Text(command.Description), draft.Required(command.Reason)),
            CorrectedField.StepOutcome when !Empty(command.Text) && command.Number is { } number && state.Step(number) is { } step && (command.Pupil is { } of ? step.Parts.Exists(p => p.Pupils.Contains(of)) : step.End is not null) =>
                new StepOutcomeCorrected(number, draft.Required(command.Text!), draft.Required(command.Reason), command.Pupil),
            _ => null,
        };
        switch (correction)
        {
            case null:
                return IncidentErrors.NothingToCorrect;
            case HappenedAtCorrected { Before: var before, HappenedAt: var after } when before == after:
            case PupilPartCorrected { Before: var was, Part: var now } when was == now:
                return Events.None;
        }

        draft.Add(correction);
        if (correction is PupilPartCorrected or PupilAdded or PupilWithdrawn)
        {
            FollowPeople(draft, state);
        }

        return draft.Finish();
    }

    private static DomainError? CheckCorrection(IncidentState state, Setting setting, CorrectRecord command) =>
        !state.Exists ? IncidentErrors.NotFound
        : !setting.IsLead ? DomainError.NotAllowed(IncidentErrors.Leads)
        : Empty(command.Reason) ? IncidentErrors.ReasonMissing
        : command.At > setting.Now ? IncidentErrors.InTheFuture with { Fields = ["at", "happenedAt"] }
        : command.At < Earliest ? IncidentErrors.TooLongAgo with { Fields = ["at", "happenedAt"] }
        // Addresses as reported may stand; on a guarded path no further one is written down.
        : LinkOn(state, "text", command.Text, command.Description, command.Reason);

    private static DomainError? CheckCorrectionBounds(CorrectRecord command)
    {
        var longest = command.Field == CorrectedField.What ? IncidentErrors.LongestWhat : IncidentErrors.LongestText;
        return command.Text?.Length > longest ? IncidentErrors.TooLong("text", longest)
            : command.Description?.Length > IncidentErrors.LongestText ? IncidentErrors.TooLong("description", IncidentErrors.LongestText)
            : command.Reason.Length > IncidentErrors.LongestText ? IncidentErrors.TooLong("reason", IncidentErrors.LongestText)
            : null;
    }

    // One more pupil may mean more steps, which a closed incident would not show to anybody.
    private static DomainError? CheckAdded(IncidentState state, CorrectRecord command) =>
        command.Field != CorrectedField.PupilAdded ? null
        : state.IsClosed() ? IncidentErrors.AlreadyClosed
        : state.Closure is not null ? IncidentClosingErrors.AlreadyAsked
        : state.People.Exists(p => p.Pupil == command.Pupil) ? IncidentErrors.PupilTwice with { Fields = ["pupilId"] }
        : state.People.Count >= IncidentErrors.MostPeople ? IncidentErrors.TooManyPeople with { Fields = ["pupilId"] }
        : command.Dimensions is { } dimensions && !YearGroups.Contains(dimensions.YearGroup) ? IncidentErrors.YearGroupUnknown(dimensions.YearGroup)
        : null;

    /// <summary>Steps per pupil: asked again for whoever the plan is about now and was not before; done where nobody is left.</summary>
    /// <param name="before">Whoever the steps were about. What was corrected while it was closed, or waited to be, had no plan to follow.</param>
    private static void FollowPeople(IncidentDraft draft, IncidentState before)
    {
        if (draft.State.TriagedAt is null || draft.State.Closure is not null)
        {
            return;
        }

        var perPupil = draft.State.Plan().Where(s => StandardSteps.IsPerPupil(s.Rule.Kind)).ToList();
        var ended = perPupil.GroupBy(s => s.Rule.Id).Where(g => g.All(s => s.Status != StepStatus.Open)).Where(g => Now(g.Last()).Except(Kept(g)).Any());
        var again = ended.Select((g, i) => Assign(draft.Setting, draft.State.Steps.Count + i + 1, g.Last().Rule, g.Last().Note) with { FulfilledFor = [.. Now(g.Last()).Intersect(Kept(g))], ToDo = g.Last().ToDo }).ToList();
        if (again.Count > 0)
        {
            draft.Add(new StepsAdded(again));
            TellOwners(draft, again);
        }

        foreach (var step in perPupil.Where(s => s.Status == StepStatus.Open && Now(s).Intersect(Was(s)).Any() && !Now(s).Except(s.AccountedFor()).Any()))
        {
            var words = step.Parts.Count > 0 || step.Contacts.Count > 0;
            draft.EndStep(StepWork.IsRecordedPerPupil(step.Rule.Kind) && !words
                ? new StepNotNeeded(step.Number, null)
                : new StepDone(step.Number, draft.Setting.Context.Actor, draft.Setting.Now, Answer(step, true), null, null, [], null));
        }

        IEnumerable<PupilId> Was(IncidentStep step) => Concerned(before, step.Rule.Kind);
        IEnumerable<PupilId> Now(IncidentStep step) => Concerned(draft.State, step.Rule.Kind);
        // A conversation stays one, whatever becomes of the pupil's part; what was set up for a pupil ends when they are withdrawn.
        IEnumerable<PupilId> Kept(IEnumerable<IncidentStep> steps) => steps.SelectMany(s => StepWork.IsRecordedPerPupil(s.Rule.Kind) ? s.FulfilledFor.Union(Was(s)) : Was(s)).Distinct();
    }
}
