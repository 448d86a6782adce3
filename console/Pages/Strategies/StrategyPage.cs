using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;
using OnlineSafetyTrust.StaffConsole.Words;

namespace OnlineSafetyTrust.StaffConsole.Pages.Strategies;

/// <summary>A page of one pupil's technology access strategy (D4), for those who decide on it.</summary>
internal abstract class StrategyPage(PupilDesk desk) : PupilPage(desk)
{
    /// <summary>Null: the pupil never had one.</summary>
    public StrategyView? Strategy { get; private set; }

    /// <summary>Names of the pupil's contacts.</summary>
    public IReadOnlyDictionary<Guid, string> Contacts { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>Of them those who decide for the pupil.</summary>
    public IReadOnlyList<PupilContact> Deciding { get; private set; } = [];

    /// <summary>Answers by link that nobody has verified: they put nothing in force.</summary>
    public IReadOnlyList<SignatureView> Unverified => [.. Strategy!.Signatures.Where(s => s.IsUnverified)];

    /// <summary>Of a strategy that has not ended: what was not theirs counts no more, in force as well.</summary>
    public bool MayVerify => Strategy is { Status: not StrategyStatus.Ended } open && open.Signatures.Any(s => s.Form == SignatureForm.ByLink);

    /// <summary>Who has not agreed, or by a link alone that nobody has verified; of a strategy in force they may answer late.</summary>
    public IEnumerable<StrategyParty> Missing => Strategy!.Parties.Where(p => !Strategy.Signatures.Any(s => s.Party == p && s is { Answer: StrategyAnswer.Agreed, IsUnverified: false }));

    public override string Home => $"/console/pupils/{Id}/strategy";

    /// <summary>Everybody whom the page names of a strategy.</summary>
    protected static IEnumerable<PersonId?> PeopleOf(StrategyView strategy) =>
    [
        strategy.Decision?.By.Person, .. strategy.Signatures.Concat(strategy.FormerAnswers ?? []).SelectMany(s => new[] { s.LinkBy?.Person, s.Verification?.By.Person }),
        .. strategy.Reviews.Select(r => r.By.Person), .. (strategy.Links ?? []).Select(l => l.MadeBy.Person),
    ];

    protected IStrategyGrain Grain => Desk.Strategy(Who.Tenant, Pupil);

    /// <summary>Whom a party means, for people.</summary>
    public string NameOf(StrategyParty party) => party switch
    {
        { Contact: { } contact } => Contacts.GetValueOrDefault(contact, "A contact no longer listed"),
        { Agency: { } agency } => Wording.Of(agency),
        { Kind: PartyKind.School } => "The school",
        { Kind: PartyKind.Pupil } => "The pupil",
        _ => "Somebody with parental responsibility",
    };

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync())
        {
            return false;
        }

        Strategy = (await Desk.Reads.Strategies.FindAsync(Who, Pupil, Ct))?.Whole;
        var contacts = (await Desk.Pupils.ContactsAsync(Who, Pupil, Ct))?.Contacts ?? [];
        Contacts = contacts.ToDictionary(c => c.Id, c => $"{c.Name} ({c.Relationship})");
        Deciding = [.. contacts.Where(c => c is { ParentalResponsibility: true, NoContact: false } && string.IsNullOrWhiteSpace(c.CourtOrder))];
        return true;
    }
}

/// <summary>Who gave a link for an answer, and whether it was theirs.</summary>
internal sealed record ProvenancePart(StrategyPage Page, SignatureView Answer);

/// <summary>Answers to a strategy, one below the other.</summary>
/// <param name="Whose">The strategy that they belong to.</param>
internal sealed record AnswersPart(StrategyPage Page, StrategyView Whose, IEnumerable<SignatureView> Answers)
{
    /// <summary>Why it counts no more; null: it does, or did until the end.</summary>
    public string? Ended(SignatureView answer) =>
        Whose.Signatures.Contains(answer) ? null
        : answer.Verification is { Theirs: false } ? "it was not theirs, and counts no more"
        : answer.At < Whose.DraftedAt ? "to an earlier draft"
        : "replaced by a later answer";
}

/// <summary>A party as forms send it: <c>School</c>, <c>ParentalResponsibility/{contact}</c>, <c>Agency/Police</c>.</summary>
internal static class PartyText
{
    public static string Of(StrategyParty party) => party switch
    {
        { Contact: { } contact } => $"{party.Kind}/{contact:D}",
        { Agency: { } agency } => $"{party.Kind}/{agency}",
        _ => party.Kind.ToString(),
    };

    public static StrategyParty? Parse(string? text)
    {
        var (kind, which) = text?.Split('/') switch
        {
            [var only] => (only, null),
            [var first, var second] => (first, second),
            _ => (null, (string?)null),
        };
        return !Enum.TryParse<PartyKind>(kind, out var party) ? null
            : which is null ? new StrategyParty(party)
            : Guid.TryParse(which, out var contact) ? new StrategyParty(party, Contact: contact)
            : Enum.TryParse<Agency>(which, out var agency) ? new StrategyParty(party, agency)
            : null;
    }
}
