using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;

namespace OnlineSafetyTrust.Demo;

/// <summary>What follows for a pupil whose devices were removed: daily checks, a strategy that most families agree.</summary>
internal sealed class Watch(DemoCase incident, IncidentId id)
{
    private readonly DemoSite _site = incident.Site;

    private PupilView Pupil => incident.Alleged.First();

    public async Task ScheduleAsync()
    {
        var from = _site.Calendar.NextSchoolDay(DemoCalendar.DayOf(incident.At));
        var keyWorker = _site[Role.KeyWorker, incident.Number];
        await _site.Get<IPupilGrain>(PupilKey.Of(_site.Tenant, Pupil.Id)).UpdateAsync(
            _site.As(_site[Role.Dsl], $"{incident.Id} key worker"), new UpdatePupil(KeyWorker: new Change<PersonId?>(keyWorker))).Done("key worker");
        await _site.Get<ICheckScheduleGrain>(ChecksKey.Of(_site.Tenant, Pupil.Id)).ScheduleAsync(
            _site.As(_site[Role.Dsl], $"{incident.Id} checks"),
            new ScheduleChecks(
                Pupil.Id, from, new TimeOnly(15, 30), [CheckItem.NoDeviceHeld, CheckItem.DeviceHandedIn], "Ask kindly, away from others.",
                incident.Number % 3 == 0 ? CheckerKind.KeyWorker : CheckerKind.ClassTeacher, Incident: id, ReviewOn: _site.Calendar.NextSchoolDay(from.AddDays(55)))).Done("checks");
        await DraftAsync("strategy", []);
    }

    /// <summary>School and agency first; two thirds of the families have signed by now.</summary>
    public async Task AgreeAsync()
    {
        var others = (await _site.Get<IIncidentGrain>(IncidentKey.Of(_site.Tenant, id)).GetAgenciesAsync()).Where(a => a != Agency.SocialCare).ToList();
        if (others.Count > 0)
        {
            await DraftAsync("strategy again", [.. others.Select(a => new AgencyLeftOut(a, "Gave advice once; nothing of the terms is theirs."))]);
        }

        await AnswerAsync(new StrategyParty(PartyKind.Pupil), StrategyAnswer.ViewGiven, "The pupil", "I want my phone for the bus.");
        await AnswerAsync(new StrategyParty(PartyKind.School), StrategyAnswer.Agreed, "Headteacher", null);
        await AnswerAsync(new StrategyParty(PartyKind.Agency, Agency.SocialCare), StrategyAnswer.Agreed, "Duty social worker", null);
        if (incident.Number % 3 != 1)
        {
            await AnswerAsync(new StrategyParty(PartyKind.ParentalResponsibility), StrategyAnswer.Agreed, "Mother", null);
        }
    }

    private async Task AnswerAsync(StrategyParty party, StrategyAnswer answer, string by, string? view) =>
        await _site.Get<IStrategyGrain>(StrategyKey.Of(_site.Tenant, Pupil.Id)).AgreeAsync(
            _site.As(_site[Role.Dsl], $"{incident.Id} {party.Kind}"), new AgreeStrategy(party, answer, SignatureForm.Paper, by, View: view)).Done("signature");

    private async Task DraftAsync(string what, IReadOnlyList<AgencyLeftOut> leftOut) =>
        await _site.Get<IStrategyGrain>(StrategyKey.Of(_site.Tenant, Pupil.Id)).DraftAsync(
            _site.As(_site[Role.Dsl], $"{incident.Id} {what}"), Draft(_site.Calendar.NextSchoolDay(DemoCalendar.DayOf(incident.At)), leftOut)).Done(what);

    private DraftStrategy Draft(DateOnly from, IReadOnlyList<AgencyLeftOut> leftOut) => new(
        [id],
        new StrategyTerms(Supervision.Supervised, null, ["Reading app", "Class pages"], [new AccessWindow([Weekday.Monday, Weekday.Tuesday, Weekday.Wednesday, Weekday.Thursday, Weekday.Friday], new TimeOnly(9, 0), new TimeOnly(15, 0))], new StrategyChecks(new TimeOnly(15, 30)), "Phone stays at the office during the day."),
        new StrategyTerms(Supervision.Supervised, [], [], null, new StrategyChecks(new TimeOnly(15, 30))),
        [new StrategyParty(PartyKind.School), new StrategyParty(PartyKind.ParentalResponsibility), new StrategyParty(PartyKind.Agency, Agency.SocialCare)],
        _site.Calendar.NextSchoolDay(from.AddDays(42)), _site[Role.Dsl], leftOut);
}
