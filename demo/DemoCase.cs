using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Demo;

/// <summary>What kind of incident the demo tells of.</summary>
/// <param name="Said">How a reporter puts it. Nobody is named.</param>
/// <param name="Weight">How often, against the others.</param>
internal sealed record DemoKind(
    string Nature, Awareness? Awareness, IReadOnlyList<FourC> FourCs, int Weight, IReadOnlyList<string> Said, bool Technical = false, GuardedPath? Path = null, IReadOnlyList<ChosenStep>? Steps = null)
{
    private static readonly IReadOnlyList<ChosenStep> Own =
    [
        new(StepKind.ContactParents, Role.Dsl, new DeadlineRule(DeadlineClock.SameSchoolDay)),
        new(StepKind.SupportPupil, Role.PastoralTeam, new DeadlineRule(DeadlineClock.SchoolDays, 2)),
        new(StepKind.Custom, Role.NetworkManager, new DeadlineRule(DeadlineClock.SchoolDays, 1), ToDo: "Go through the account's privacy settings with the pupil."),
    ];

    public static readonly IReadOnlyList<DemoKind> All =
    [
        new("inappropriate-material", Contracts.Policies.Awareness.Unknowing, [FourC.Content], 24,
            ["A search for a project led to a violent video; the pupil turned the tablet round and called me.", "A pop-up with adult pictures came up during reading.", "A shared link in a game opened a gambling page."]),
        new("inappropriate-material", Contracts.Policies.Awareness.LimitedUnderstanding, [FourC.Content], 20,
            ["A clip with strong language and fighting was shown round at lunch.", "The history shows searches for horror pictures; the pupil did not see why that matters.", "A song video not meant for children was played again and again."]),
        new("inappropriate-material", Contracts.Policies.Awareness.Knowing, [FourC.Content], 14,
            ["The filter was bypassed with a web proxy to reach blocked videos.", "Adult pictures were looked for on purpose and hidden when I came near."]),
        new("bullying-or-belittling", null, [FourC.Conduct], 22,
            ["A group chat was set up to make fun of somebody's speech.", "An edited picture was passed round the form to embarrass a pupil.", "Hurtful comments under a pupil's post, over several evenings."]),
        new("sharing-information", null, [FourC.Contact, FourC.Conduct], 8,
            ["Address and school were given to somebody met in a game.", "A public profile shows uniform, timetable and the way home."], Steps: Own),
        new("suggested-access", null, [FourC.Content], 5, ["A pupil said in passing what they watch at night.", "A drawing shows characters from a game rated 18."], Steps: Own),
        new("technical-incident", null, [], 5, ["The filter let an image search through unfiltered in one room.", "A shared account was still logged in after the holidays."], Technical: true),
        new("illegal-material", Contracts.Policies.Awareness.Knowing, [FourC.Content], 2, ["I was told that illegal material was opened on purpose. I did not look. The device is switched off in my drawer."], Path: GuardedPath.IllegalMaterial),
    ];
}

/// <param name="Watched">Its pupil is under daily checks at the end.</param>
/// <param name="Late">Triaged the next morning only.</param>
/// <param name="Waits">Nobody has triaged it yet.</param>
internal sealed record DemoCase(int Number, DemoSite Site, DemoKind Kind, DateTimeOffset At, bool Watched, bool Late, bool Waits = false)
{
    public string Id => $"case {Number}";

    public Dice Dice => new($"{Site.School.Urn} {Id}");

    /// <summary>The pupils, each with their part; none for a technical incident.</summary>
    public IReadOnlyList<(PupilView Pupil, PupilPart Part)> Pupils { get; set; } = [];

    public IEnumerable<PupilView> Alleged => Pupils.Where(p => p.Part == PupilPart.Alleged).Select(p => p.Pupil);
}
