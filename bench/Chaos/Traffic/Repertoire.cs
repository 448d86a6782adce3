using System.Text;
using OnlineSafetyTrust.Chaos.Serving;

namespace OnlineSafetyTrust.Chaos.Traffic;

/// <summary>Makes commands that are always right and always change something, so that each must lead to its events exactly once.</summary>
internal sealed partial class Repertoire(Ground ground, int seed)
{
    private const string Errors = "errors { code message }";
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private int _made;

    /// <summary>
    /// The next command, in the proportions of a school's day: incidents and devices many, changes of staff and calendar few. Incidents are
    /// closed nearly as fast as they are reported: a change of staff or calendar is told to every open one, and a school with thousands
    /// of them would be all that a long run measures.
    /// </summary>
    public Command Next()
    {
        lock (_lock)
        {
            _made++;
            return _random.Next(200) switch
            {
                < 1 => SetCalendar(),
                < 4 => AssignRole(),
                < 8 => ArrangeCover(),
                < 24 => ReportIncident(),
                < 150 => FollowIncident(),
                < 175 => RegisterDevice(),
                _ => TakeDevice(),
            };
        }
    }

    /// <summary>A command of one kind.</summary>
    public Command Make(string mutation)
    {
        lock (_lock)
        {
            _made++;
            return mutation switch
            {
                "setCalendar" => SetCalendar(),
                "assignRole" => AssignRole(),
                "arrangeCover" => ArrangeCover(),
                "reportIncident" => ReportIncident(),
                "registerDevice" => RegisterDevice(),
                _ => throw new ArgumentOutOfRangeException(nameof(mutation), mutation, "Needs an earlier record, or is unknown."),
            };
        }
    }

    private Command AssignRole()
    {
        var from = new DateOnly(2040, 1, 1).AddDays(_made);
        return Make("assignRole", Role.Headteacher, "person { id leftAt }", id => new { personId = Global("Person", Any(Role.Volunteer).Value), role = "VOLUNTEER", from, to = from, commandId = id }, 1);
    }

    private Command ArrangeCover()
    {
        var (from, absent) = (new DateOnly(2040, 1, 1).AddDays(_made), ground.Staff[Role.ClassTeacher]);
        return Make("arrangeCover", Role.Headteacher, "person { id leftAt }",
            id => new { absentId = Global("Person", absent[0].Value), coverId = Global("Person", absent[1].Value), from, to = from, commandId = id }, 1);
    }

    private Command SetCalendar()
    {
        var day = new DateOnly(2041, 1, 1).AddDays(_made);
        return Make("setCalendar", Role.Headteacher, "school { calendar { closures { from reason announcedAt } } }", id => new
        {
            terms = Founding.Terms().Select(t => new { name = t.Name, start = t.Start, end = t.End }),
            closures = new[] { new { from = day, to = day, reason = "Snow" } },
            commandId = id,
        }, 1);
    }

    private Command Make(string mutation, Role role, string selection, Func<Guid, object> input, int? events)
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        var id = new Guid(bytes);
        var type = $"{char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input!";
        return new Command(id, mutation, ground.TokenOf(role), $"mutation($input: {type}) {{ {mutation}(input: $input) {{ {selection} {Errors} }} }}", input(id), events);
    }

    private PersonId Any(Role role) => ground.Staff[role][_random.Next(ground.Staff[role].Count)];

    internal static string Global(string type, Guid id) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{type}:{id:D}"));
}
