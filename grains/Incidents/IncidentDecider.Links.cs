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

    private static Result<Events> Linked(IncidentState state, IncidentId? other, string? reference) =>
        state.Links.Exists(l => l.Incident == other && l.OtherSchoolReference == reference) ? Events.None : Events.Of(new IncidentLinked(other, reference));

    [GeneratedRegex("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
