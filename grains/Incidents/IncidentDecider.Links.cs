using System.Text.RegularExpressions;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    /// <param name="otherExists">Whether this school has the other incident; another school's is no more known than one that does not exist.</param>
    public static Result<Events> Link(IncidentState state, SchoolFacts facts, LinkIncidents command, bool otherExists, CommandContext context)
    {
        var setting = new Setting(facts, context);
        return !state.Exists ? IncidentErrors.NotFound
            : !setting.IsLead ? DomainError.NotAllowed(IncidentErrors.Leads)
            : command.Other is null == (command.OtherSchoolReference is null) ? IncidentErrors.LinkOne
            : command.Other == state.Id ? IncidentErrors.LinkSelf
            : command.Other is not null && !otherExists ? IncidentErrors.NotFound
            : command.OtherSchoolReference is { } reference && !Reference().IsMatch(reference) ? IncidentErrors.ReferenceWrong
            : Linked(state, command.Other, command.OtherSchoolReference);
    }

    /// <summary>The other side of a link.</summary>
    public static Result<Events> LinkedFrom(IncidentState state, IncidentId from) => state.Exists ? Linked(state, from, null) : Events.None;

    public static Result<Events> Correct(IncidentState state, SchoolFacts facts, CorrectRecord command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (!state.Exists)
        {
            return IncidentErrors.NotFound;
        }

        if (!setting.IsLead)
        {
            return DomainError.NotAllowed(IncidentErrors.Leads);
        }

        if (Empty(command.Reason))
        {
            return IncidentErrors.ReasonMissing;
        }

        if (command.At > context.Now)
        {
            return IncidentErrors.InTheFuture;
        }

        // Addresses as reported may stand; on a guarded path no further one is written down.
        if (LinkOn(state, "text", command.Text, command.Description, command.Reason) is { } link)
        {
            return link;
        }

        var draft = new IncidentDraft(state, setting);
        object? correction = command.Field switch
        {
            CorrectedField.What when !Empty(command.Text) => new WhatCorrected(draft.Required(command.Text!), draft.Required(command.Reason)),
            CorrectedField.Place when !Empty(command.Text) => new PlaceCorrected(draft.Required(command.Text!), draft.Required(command.Reason)),
            CorrectedField.HappenedAt when command.At is { } at => new HappenedAtCorrected(state.HappenedAt, Microseconds.Truncate(at), draft.Required(command.Reason)),
            CorrectedField.PupilPart when command.Part is { } part && state.People.Find(p => p.Pupil == command.Pupil) is { } person =>
                new PupilPartCorrected(person.Pupil, person.Part, part, draft.Required(command.Reason)),
            CorrectedField.Address when !Empty(command.Text) && state.Addresses.Exists(a => a.Number == command.Number) =>
                new AddressCorrected(command.Number!.Value, draft.Required(command.Text!), draft.Text(command.Description), draft.Required(command.Reason)),
            CorrectedField.StepOutcome when !Empty(command.Text) && command.Number is { } number && state.Step(number) is { End: not null } =>
                new StepOutcomeCorrected(number, draft.Required(command.Text!), draft.Required(command.Reason)),
            _ => null,
        };
        return correction switch
        {
            null => IncidentErrors.NothingToCorrect,
            HappenedAtCorrected { Before: var before, HappenedAt: var after } when before == after => Events.None,
            PupilPartCorrected { Before: var before, Part: var after } when before == after => Events.None,
            _ => Events.Of(correction),
        };
    }

    private static Result<Events> Linked(IncidentState state, IncidentId? other, string? reference) =>
        state.Links.Exists(l => l.Incident == other && l.OtherSchoolReference == reference) ? Events.None : Events.Of(new IncidentLinked(other, reference));

    [GeneratedRegex("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
