using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Report;

/// <summary>What the report's form shows and checks.</summary>
internal sealed class ReportReads(PupilReader pupils, DeviceReader devices, SchoolReader schools, PeopleReader people, ISchoolDays days)
{
    public async Task<(string? Dsl, string? OutOfHours, IReadOnlyList<string> Names)> NumbersAsync(Reader who, CancellationToken ct)
    {
        var school = await schools.FindAsync(who, who.Tenant, ct);
        PersonId[] leads = await days.FindAsync(who.Tenant, ct) is { } today
            ? [.. today.Facts.HoldersOf(Role.Dsl, today.Day).Concat(today.Facts.HoldersOf(Role.DeputyDsl, today.Day)).Distinct()]
            : [];
        var names = leads.Length == 0 ? [] : await people.FindManyAsync(who, leads, ct);
        return (school?.SafeguardingPhone, school?.OutOfHoursPhone, [.. names.Select(p => p.Name).OfType<string>()]);
    }

    /// <summary>Each pupil's dimensions of today; another school's pupil is one that does not exist.</summary>
    public async Task<Result<IReadOnlyList<PupilInvolved>>> InvolvedAsync(Reader who, ReportForm form, CancellationToken ct)
    {
        var lines = form.Involved.Select(p => (Id: new PupilId(p.Pupil), Part: p.Part!.Value)).ToArray();
        var known = await pupils.DimensionsAsync(who, [.. lines.Select(l => l.Id)], ct);
        return lines.Any(l => !known.ContainsKey(l.Id))
            ? Result<IReadOnlyList<PupilInvolved>>.Failed([DomainError.NotFound("pupil") with { Fields = ["people"] }])
            : new Result<IReadOnlyList<PupilInvolved>>([.. lines.Select(l => new PupilInvolved(l.Id, l.Part, known[l.Id]))], []);
    }

    public async Task<Result<IReadOnlyList<DeviceId>>> NameableAsync(Reader who, ReportForm form, CancellationToken ct)
    {
        DeviceId[] named = [.. form.Devices.Select(d => new DeviceId(d))];
        var known = await devices.NameableAsync(who, named, ct);
        return named.All(known.Contains) ? new Result<IReadOnlyList<DeviceId>>(named, []) : Result<IReadOnlyList<DeviceId>>.Failed([DomainError.NotFound("device") with { Fields = ["devices"] }]);
    }

    public async Task<(IReadOnlyList<PersonShown> People, IReadOnlyList<Choice> Devices)> ShowAsync(Reader who, ReportForm form, CancellationToken ct)
    {
        var found = (await pupils.FindManyAsync(who, [.. form.People.Select(p => new PupilId(p.Pupil)).Distinct()], ct)).ToDictionary(p => p.View.Id, p => p.View);
        var shown = form.People.Where(p => found.ContainsKey(new PupilId(p.Pupil))).Select(p => (Line: p, View: found[new PupilId(p.Pupil)]))
            .Select(p => new PersonShown(p.View.Id, p.View.Name ?? "Erased", p.View.YearGroup, p.View.ClassName, p.Line.Part)).ToArray();
        var choices = new List<Choice>();
        foreach (var person in shown.Where(p => p.Part is not null))
        {
            var held = await devices.PageAsync(who, new DeviceFilter(DeviceHolder.Of(person.Id)), DevicesOrder.IdAsc, new PageRequest(First: 20), ct);
            choices.AddRange((held.Ok ? held.Value.Items : []).Select(d => new Choice(d.Item.View.Id.ToString(), $"{person.Name}: {d.Item.View.Label ?? Wording.Of(d.Item.View.Kind)}")));
        }

        return (shown, choices);
    }
}
