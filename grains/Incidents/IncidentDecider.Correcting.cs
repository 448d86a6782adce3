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
            CorrectedField.ParentsContact => ContactRight(draft, command),
            CorrectedField.Debrief when !Empty(command.Text) && state.Debrief is { } debrief && (Empty(command.Description) || debrief.PolicyReason is not null) =>
                new DebriefCorrected(draft.Required(command.Text!), draft.Text(command.Description), draft.Required(command.Reason)),
            CorrectedField.Change when !Empty(command.Text) && state.Debrief?.Changes.Find(c => c.Number == command.Number) is { } change && (Empty(command.Description) || change.DoneAt is not null) =>
                new ChangeCorrected(change.Number, draft.Required(command.Text!), draft.Text(command.Description), draft.Required(command.Reason)),
            CorrectedField.Closure when !Empty(command.Text) && state.Closure?.Summary is not null => new ClosureCorrected(draft.Required(command.Text!), draft.Required(command.Reason)),
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

    /// <summary>Who will be involved: their class teachers and key workers have the steps from then on.</summary>
    public static IReadOnlyList<PupilInvolved> PeopleAfter(IncidentState state, CorrectRecord command) => command switch
    {
        { Field: CorrectedField.PupilAdded, Pupil: { } pupil, Part: { } part, Dimensions: { } dimensions } => [.. state.People, new PupilInvolved(pupil, part, dimensions)],
        { Field: CorrectedField.PupilWithdrawn, Pupil: { } pupil } => state.People.RemoveAll(p => p.Pupil == pupil),
        { Field: CorrectedField.PupilPart, Pupil: { } pupil, Part: { } part } => state.People.ConvertAll(p => p.Pupil == pupil ? p with { Part = part } : p),
        _ => state.People,
    };

    // How it ended is no word: who was told, or not told after all, is recorded anew.
    private static ContactCorrected? ContactRight(IncidentDraft draft, CorrectRecord command)
    {
        if (command is not { Number: { } number, Contact: { } contact } || draft.State.Step(number)?.Contacts.ElementAtOrDefault(contact.Number - 1) is null)
        {
            return null;
        }

        var right = new ContactWords(draft.Text(contact.Who), contact.How, draft.Text(contact.Said), draft.Text(contact.Reason), command.At is { } at ? Microseconds.Truncate(at) : null);
        return right == new ContactWords(null, null, null, null, null) ? null : new ContactCorrected(number, contact.Number, right, draft.Required(command.Reason));
    }

    private static DomainError? CheckCorrection(IncidentState state, Setting setting, CorrectRecord command) =>
        !state.Exists ? IncidentErrors.NotFound
        : !setting.IsLead ? DomainError.NotAllowed(IncidentErrors.Leads)
        : Empty(command.Reason) ? IncidentErrors.ReasonMissing
        : command.At > setting.Now ? IncidentErrors.InTheFuture with { Fields = ["at", "happenedAt"] }
        : command.At < Earliest ? IncidentErrors.TooLongAgo with { Fields = ["at", "happenedAt"] }
        : command.Field == CorrectedField.ParentsContact && command.At < state.HappenedAt ? IncidentStepErrors.DoneBeforeIncident with { Fields = ["at", "happenedAt"] }
        // Addresses as reported may stand; on a guarded path no further one is written down.
        : LinkOn(state, "text", command.Text, command.Description, command.Reason) ?? LinkOn(state, "contact.said", command.Contact?.Who, command.Contact?.Said, command.Contact?.Reason);

    private static DomainError? CheckCorrectionBounds(CorrectRecord command)
    {
        var longest = command.Field is CorrectedField.What or CorrectedField.Debrief or CorrectedField.Closure ? IncidentErrors.LongestWhat : IncidentErrors.LongestText;
        (string Field, string? Text)[] others =
        [
            ("description", command.Description), ("reason", command.Reason), ("contact.who", command.Contact?.Who), ("contact.said", command.Contact?.Said), ("contact.reason", command.Contact?.Reason),
        ];
        return command.Text?.Length > longest ? IncidentErrors.TooLong("text", longest)
            : others.FirstOrDefault(t => t.Text?.Length > IncidentErrors.LongestText).Field is { } field ? IncidentErrors.TooLong(field, IncidentErrors.LongestText)
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

        // A step of the class teacher or key worker is theirs who look after the pupils of now.
        Rearm(draft, _ => true);

        IEnumerable<PupilId> Was(IncidentStep step) => Concerned(before, step.Rule.Kind);
        IEnumerable<PupilId> Now(IncidentStep step) => Concerned(draft.State, step.Rule.Kind);
        // A conversation stays one, whatever becomes of the pupil's part; what was set up for a pupil ends when they are withdrawn.
        IEnumerable<PupilId> Kept(IEnumerable<IncidentStep> steps) => steps.SelectMany(s => StepWork.IsRecordedPerPupil(s.Rule.Kind) ? s.FulfilledFor.Union(Was(s)) : Was(s)).Distinct();
    }
}
