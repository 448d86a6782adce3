using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Words;

/// <summary>Names of people and pupils on one page, each read once.</summary>
internal sealed class Names(IConsoleSession session, PeopleReader people, PupilReader pupils)
{
    private readonly Dictionary<Guid, string> _known = [];

    public async Task LearnAsync(IEnumerable<PersonId?> staff, IEnumerable<PupilId?> children, CancellationToken ct)
    {
        PersonId[] wanted = [.. staff.OfType<PersonId>().Where(p => !_known.ContainsKey(p.Value)).Distinct()];
        foreach (var person in wanted.Length == 0 ? [] : await people.FindManyAsync(session.Reader, wanted, ct))
        {
            _known[person.Id.Value] = person.Name ?? "Erased";
        }

        PupilId[] named = [.. children.OfType<PupilId>().Where(p => !_known.ContainsKey(p.Value)).Distinct()];
        foreach (var pupil in named.Length == 0 ? [] : await pupils.FindManyAsync(session.Reader, named, ct))
        {
            _known[pupil.View.Id.Value] = pupil.View.Name ?? "Erased";
        }
    }

    public string Of(PersonId? person) => person is { } id ? _known.GetValueOrDefault(id.Value, "Somebody no longer listed") : "Nobody";

    public string Of(PupilId pupil) => _known.GetValueOrDefault(pupil.Value, "A pupil no longer listed");

    public string Of(DeviceHolder? holder) => holder?.Pupil is { } pupil ? Of(pupil) : Of(holder?.Staff);

    public string Of(Actor actor) => actor.IsSystem ? "The product" : actor == Actor.ByLink ? "Somebody by link" : actor.Person is { } person ? Of(person) : "An integration";

    public static string RolesOf(PersonView person, DateOnly day) => Wording.OfAll(person.RolesOn(day).Order());
}
