using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Demo;

/// <summary>Who was in it: one or two who did it, sometimes one who suffered it or saw it. Their contacts are entered when first needed.</summary>
internal static class CasePupils
{
    public static async Task<IReadOnlyList<(PupilView, PupilPart)>> ChooseAsync(DemoCase incident)
    {
        var (site, dice) = (incident.Site, incident.Dice);
        // The last years of the list stay for the watched ones: a pupil has one schedule at a time.
        var watched = site.Pupils.Where((_, i) => i % 20 == 7).ToList();
        var others = site.Pupils.Where((_, i) => i % 20 != 7).ToList();
        var chosen = new List<(PupilView Pupil, PupilPart Part)> { (incident.Watched ? watched[incident.Number % watched.Count] : dice.Of(others), PupilPart.Alleged) };
        if (incident.Kind.Nature == "bullying-or-belittling")
        {
            Add(PupilPart.Affected);
        }

        if (dice.Percent(25))
        {
            Add(PupilPart.Witness);
        }

        foreach (var (pupil, _) in chosen)
        {
            await ContactsAsync(site, pupil);
        }

        return chosen;

        void Add(PupilPart part)
        {
            var pupil = dice.Of(others);
            if (chosen.All(c => c.Pupil.Id != pupil.Id))
            {
                chosen.Add((pupil, part));
            }
        }
    }

    private static async Task ContactsAsync(DemoSite site, PupilView pupil)
    {
        var dice = new Dice($"contacts {pupil.SourceId}");
        var family = pupil.Name![(pupil.Name!.LastIndexOf(' ') + 1)..];
        PupilContact Contact(string relationship, int number)
        {
            var (given, _) = Names.Next(dice);
            return new PupilContact(
                DemoIds.Command($"contact {pupil.SourceId} {number}"), $"{given} {family}", relationship, true, null, false, $"01632 960{dice.Next(1000):000}", Names.Email(given, family, 1000 + dice.Next(9000)));
        }

        List<PupilContact> contacts = [Contact("mother", 1)];
        if (dice.Percent(60))
        {
            contacts.Add(Contact("father", 2));
        }

        await site.Get<IPupilGrain>(PupilKey.Of(site.Tenant, pupil.Id)).SetContactsAsync(site.As(site[Role.Dsl], $"contacts {pupil.SourceId}"), new SetContacts(contacts)).Done("contacts");
    }
}
