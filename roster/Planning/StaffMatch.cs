using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Roster.Planning;

/// <summary>Which known person a row is: by source id where the e-mail address does not point elsewhere, then by e-mail address.</summary>
internal sealed class StaffMatch
{
    public Dictionary<string, PersonId> Known { get; } = new(StringComparer.Ordinal);

    public List<ChangedStaff> Changed { get; } = [];

    public List<NewStaff> Fresh { get; } = [];

    public List<(RosterStaff Row, PersonId Person, Role Role)> Roles { get; } = [];

    public List<LeavingStaff> Leaving { get; } = [];

    public List<DomainError> Problems { get; } = [];

    public int Imported { get; private set; }

    public void Run(IReadOnlyList<RosterStaff> rows, IReadOnlyList<RosterPerson> people, bool changes, DateOnly today)
    {
        var here = people.Where(p => p.LeftAt is null).ToList();
        var byEmail = here.Where(p => p.Email is not null).GroupBy(p => EmailKey(p.Email!)).ToDictionary(g => g.Key, g => g.First());
        var bySource = here.Where(p => p.SourceId is not null).GroupBy(p => p.SourceId!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First());
        foreach (var row in rows)
        {
            // The address first: after a change of MIS a source id may be somebody else's old one.
            var owner = row.Email is { } email ? byEmail.GetValueOrDefault(EmailKey(email)) : null;
            var source = bySource.GetValueOrDefault(row.SourceId);
            var person = owner ?? source;
            if (row.RolesOnly && person?.Roles.Any(r => r.Role is not (Role.ClassTeacher or Role.SupportStaff) && (r.To is null || r.To >= today)) == true)
            {
                Problems.Add(RosterErrors.RolesEnded(row));
            }
            else if (row.Removed)
            {
                Leave(person);
            }
            else if (owner is not null && source is not null && owner.Id != source.Id && Same(row.Name, source.Name) && !Same(row.Name, owner.Name))
            {
                Problems.Add(RosterErrors.EmailTaken(row));
            }
            else if (person is not null)
            {
                Known[row.SourceId] = person.Id;
                Compare(row, person);
                if (RoleOf(row) is { } role && !person.Roles.Any(r => r.Role == role && (r.To is null || r.To >= today)))
                {
                    Roles.Add((row, person.Id, role));
                }
            }
            else if (row.Email is null || !EmailAddress.IsOne(row.Email.Trim()))
            {
                Problems.Add(RosterErrors.EmailMissing(row));
            }
            else if (Fresh.Find(f => EmailKey(f.Row.Email!) == EmailKey(row.Email)) is { } twin)
            {
                Problems.Add(RosterErrors.EmailTwice(row, twin.Row.Line));
            }
            else
            {
                Fresh.Add(new NewStaff(row, RoleOf(row), people.Count(p => p.LeftAt is not null && (p.SourceId == row.SourceId || (p.Email is { } e && EmailKey(e) == EmailKey(row.Email))))));
            }
        }

        // Of two rows for one person nobody can say which is right.
        Changed.RemoveAll(c => Known.Values.Count(p => p == c.Update.Person) > 1);

        // Only who came with a roster can go with one: governors and volunteers are entered by the school.
        var imported = here.Where(p => p.SourceId is not null).ToList();
        Imported = imported.Count;
        if (!changes)
        {
            var stay = Known.Values.ToHashSet();
            // A bundle that forgets a line must not leave the school without its DSL or head: that they left is said by somebody.
            var missing = imported.Where(p => !stay.Contains(p.Id)).ToLookup(p => p.Roles.Any(r => r.Role is Role.Dsl or Role.Headteacher && (r.To is null || r.To >= today)));
            Problems.AddRange(missing[true].Select(_ => RosterErrors.LeadMissing));
            Leaving.AddRange(missing[false].Select(p => new LeavingStaff(p.Id)));
        }
    }

    // Whom the school entered itself keeps the name that the school gave.
    private void Compare(RosterStaff row, RosterPerson person)
    {
        if (person.SourceId is null)
        {
            return;
        }

        if (row.Email is { } given && !EmailAddress.IsOne(given.Trim()))
        {
            Problems.Add(RosterErrors.EmailMissing(row));
            return;
        }

        var update = new UpdatePerson(
            person.Id,
            person.Name is { } name && row.Name.Trim() != name ? row.Name.Trim() : null,
            row.Email is { } email && person.Email is { } known && EmailKey(email) != EmailKey(known) ? email.Trim() : null,
            row.SourceId != person.SourceId ? row.SourceId : null);
        string[] fields = [.. new[] { (update.Name, "name"), (update.Email, "e-mail"), (update.SourceId, "source id") }.Where(f => f.Item1 is not null).Select(f => f.Item2)];
        if (fields.Length > 0)
        {
            Changed.Add(new ChangedStaff(row, fields, update));
        }
    }

    internal static bool Same(string name, string? known) => known is not null && string.Equals(name.Trim(), known.Trim(), StringComparison.OrdinalIgnoreCase);

    private void Leave(RosterPerson? person)
    {
        if (person is not null)
        {
            Leaving.Add(new LeavingStaff(person.Id));
        }
    }

    private static Role? RoleOf(RosterStaff row) => row.Teaches ? Role.ClassTeacher : row.Supports ? Role.SupportStaff : null;

    internal static string EmailKey(string email) => email.Trim().ToUpperInvariant();
}
