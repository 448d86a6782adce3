using System.Globalization;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>What a cover has taken over comes back by itself at 00:00 in London of the day after the absence.</summary>
public sealed partial class CoverTests
{
    // A whole day before the clocks change, the day on which they change, and the day after; instants worked out by hand.
    [Theory]
    [InlineData("2026-10-22", "2026-10-23", "2026-10-23T23:00:00Z")]
    [InlineData("2026-10-22", "2026-10-24", "2026-10-24T23:00:00Z")]
    [InlineData("2026-10-22", "2026-10-25", "2026-10-26T00:00:00Z")]
    [InlineData("2027-03-25", "2027-03-27", "2027-03-28T00:00:00Z")]
    [InlineData("2027-03-25", "2027-03-28", "2027-03-28T23:00:00Z")]
    [InlineData("2026-11-10", "2026-11-10", "2026-11-11T00:00:00Z")]
    public void Triage_steps_and_what_lasts_come_back_at_midnight_after_the_last_day(string first, string last, string back)
    {
        var world = OnDay(Day(first));
        world.Facts = world.Facts with { Covers = [new CoverPeriod(Dsl, Senior, Day(first), Day(last))] };
        Ok(world.Report(Reported(world)));
        var untriaged = new IncidentWorld { Now = world.Now, Facts = world.Facts };
        Ok(untriaged.Report(Reported(untriaged)));
        Ok(world.Triage(by: Senior));
        var open = OfDsl(world).ToList();
        Assert.NotEmpty(open);
        Assert.All(open, s => Assert.Equal(Senior, s.Owner));
        var end = DateTimeOffset.Parse(back, CultureInfo.InvariantCulture);

        world.Until(end - TimeSpan.FromMicroseconds(1));
        untriaged.Until(end - TimeSpan.FromMicroseconds(1));
        Assert.Equal([Senior, Senior], new[] { world.State.Owner, untriaged.State.Owner });
        world.Until(end);
        untriaged.Until(end);

        Assert.Equal([Dsl, Dsl], new[] { world.State.Owner, untriaged.State.Owner });
        Assert.All(OfDsl(world), s => Assert.Equal(Dsl, s.Owner));
        Assert.Contains(world.State.Notices, n => n.To == Dsl && n.Kind == NoticeKind.StepAssigned && n.IssuedAt == end);
        Assert.Contains(untriaged.State.Notices, n => n.To == Dsl && n.Kind == NoticeKind.IncidentReported && n.IssuedAt == end);
        Assert.DoesNotContain(Tasks(world).Concat(Tasks(untriaged)), t => t.Owner == Senior && t.Kind is TaskKind.IncidentStep or TaskKind.Triage);
        Assert.DoesNotContain(world.Due().Concat(untriaged.Due()), d => d.What == IncidentDue.HandOver);
    }

    /// <summary>They were told again and again, and their cover could not say that it was seen.</summary>
    [Fact]
    public void What_somebody_was_told_before_their_absence_is_seen_by_who_stands_in_for_them()
    {
        var world = Triaged();
        Assert.Contains(world.State.Notices, n => n.To == NetworkManager && n.SeenAt is null);
        Nothing(world.See(Senior));
        Change(world, new CoverPeriod(NetworkManager, Senior, Day("2026-11-09"), Day("2026-11-13")));
        Ok(world.See(Senior));
        Assert.DoesNotContain(world.State.Notices, n => n.To == NetworkManager && n.SeenAt is null);
        Assert.Contains(world.State.Notices, n => n.To != NetworkManager && n.SeenAt is null);
    }

    [Fact]
    public void A_cover_arranged_beforehand_takes_over_when_it_begins()
    {
        var world = Triaged();
        Change(world, new CoverPeriod(Dsl, Senior, Day("2026-11-12"), Day("2026-11-13")));
        Assert.All(OfDsl(world), s => Assert.Equal(Dsl, s.Owner));

        world.Until(At(11, 11, 23, 59));
        Assert.All(OfDsl(world), s => Assert.Equal(Dsl, s.Owner));
        world.Until(At(11, 12, 0, 0));
        Assert.All(OfDsl(world), s => Assert.Equal(Senior, s.Owner));
        world.Until(At(11, 14, 0, 0));
        Assert.All(OfDsl(world), s => Assert.Equal(Dsl, s.Owner));
    }

    [Fact]
    public void A_cover_within_a_cover_comes_back_to_the_first_cover_and_then_to_the_absent()
    {
        var world = Triaged(before: w => w.Facts = w.Facts with
        {
            Covers = [new CoverPeriod(Dsl, Senior, Day("2026-11-09"), Day("2026-11-20")), new CoverPeriod(Senior, Pastoral, Day("2026-11-12"), Day("2026-11-16"))],
        });
        var seen = new List<(int Day, PersonId? Owner)>();
        for (var day = 10; day <= 21; day++)
        {
            world.Until(At(11, day, 12, 0));
            seen.Add((day, Assert.Single(OfDsl(world).Select(s => s.Owner).Distinct())));
        }

        Assert.Equal(
            [(10, Senior), (11, Senior), (12, Pastoral), (13, Pastoral), (14, Pastoral), (15, Pastoral), (16, Pastoral), (17, Senior), (18, Senior), (19, Senior), (20, Senior), (21, Dsl)],
            seen.Select(s => (s.Day, s.Owner!.Value)));
    }

    [Theory]
    [InlineData("2026-11-10", "2026-11-11")]
    [InlineData("2026-11-18", "2026-11-19")]
    public void A_cover_that_is_changed_ends_at_its_new_end(string last, string back)
    {
        var world = Triaged(before: w => w.Facts = w.Facts with { Covers = [new CoverPeriod(Dsl, Senior, Day("2026-11-09"), Day("2026-11-13"))] });
        Change(world, new CoverPeriod(Dsl, Senior, Day("2026-11-09"), Day(last)));
        var end = new DateTimeOffset(Day(back), TimeOnly.MinValue, TimeSpan.Zero);

        world.Until(end.AddMinutes(-1));
        Assert.All(OfDsl(world), s => Assert.Equal(Senior, s.Owner));
        world.Until(end);
        Assert.All(OfDsl(world), s => Assert.Equal(Dsl, s.Owner));
    }

    [Fact]
    public void A_cover_that_is_called_off_gives_back_at_once()
    {
        var world = Triaged(before: w => w.Facts = w.Facts with { Covers = [new CoverPeriod(Dsl, Senior, Day("2026-11-09"), Day("2026-11-13"))] });
        Change(world);

        Assert.All(OfDsl(world), s => Assert.Equal(Dsl, s.Owner));
        Assert.DoesNotContain(world.Due(), d => d.What == IncidentDue.HandOver);
    }

    [Fact]
    public void What_the_owner_has_to_see_to_comes_back_with_the_rest_and_a_closed_incident_waits_for_nothing()
    {
        var world = new IncidentWorld();
        world.Facts = world.Facts with { Covers = [new CoverPeriod(Dsl, Senior, Day("2026-11-09"), Day("2026-11-13"))] };
        Ok(world.Report());
        Ok(world.Triage(by: Senior));
        world.EndEverything();
        Ok(world.Refer(new RecordReferral(null, Agency.SocialCare, ReferralDecision.Referred, ChaseOn: Day("2026-11-25")), Senior));
        Assert.Equal(Senior, Chase().Owner);
        var closed = Triaged(before: w => w.Facts = world.Facts);
        closed.EndEverything();
        Ok(closed.Debrief(new DebriefIncident("Canary", [], [], null, false, null), Senior));
        Ok(closed.Close(Senior));

        world.Until(At(11, 14, 0, 0));

        Assert.Equal(Dsl, Chase().Owner);
        Assert.True(closed.State.IsClosed());
        Assert.DoesNotContain(closed.Due(), d => d.What == IncidentDue.HandOver);

        TaskRow Chase() => Assert.Single(Tasks(world), t => t.Kind == TaskKind.ReferralChase);
    }

    [Fact]
    public void Whatever_the_covers_every_day_has_the_owner_that_the_list_of_covers_gives()
    {
        PersonId[] people = [Dsl, Deputy, Head, Senior, Pastoral];
        for (var seed = 1; seed <= 60; seed++)
        {
            var dice = new Random(seed);
            var covers = Enumerable.Range(0, dice.Next(1, 7)).Select(_ =>
            {
                var (absent, from) = (dice.Next(people.Length), Day("2026-11-10").AddDays(dice.Next(20)));
                return new CoverPeriod(people[absent], people[(absent + dice.Next(1, people.Length)) % people.Length], from, from.AddDays(dice.Next(8)));
            }).ToArray();
            var world = Triaged();
            Change(world, covers);
            for (var day = Day("2026-11-11"); day <= Day("2026-12-10"); day = day.AddDays(1))
            {
                world.Until(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
                var expected = ((PersonId[])[Dsl, Deputy, Head]).Select(p => Standing(covers, p, day, [])).FirstOrDefault(p => p is not null);
                Assert.True(OfDsl(world).All(s => s.Owner == expected) && world.State.Owner == expected, $"Seed {seed}, {day:yyyy-MM-dd}.");
            }
        }
    }

    /// <summary>Told as people would: ask whoever was named last for that day. Sent round in a circle: nobody does it for them, the next in line does.</summary>
    private static PersonId? Standing(CoverPeriod[] covers, PersonId person, DateOnly day, HashSet<PersonId> asked)
    {
        var named = covers.LastOrDefault(c => c.Absent == person && day >= c.From && day <= c.To);
        return named is null ? person : !asked.Add(person) ? null : Standing(covers, named.Cover, day, asked);
    }

    // Who has the DSL's duties on Thursday 12 November, the DSL being away from the 9th to the 13th; and on the 14th a report of that Thursday.
    public static readonly TheoryData<string, string, string, PersonId?, PersonId> Nobody = new()
    {
        { "the cover is here", "", "", Senior, Dsl },
        { "the cover has left", "", "senior", Deputy, Deputy },
        { "the cover is away and covered", "senior>pastoral", "", Pastoral, Dsl },
        { "the cover's cover has left", "senior>pastoral", "pastoral", Deputy, Deputy },
        { "the cover is away and covered by the one they cover", "senior>dsl", "", Deputy, Deputy },
        { "so, and the deputy is away and covered", "senior>dsl deputy>pastoral", "", Pastoral, Deputy },
        { "so, and the deputy's cover has left", "senior>dsl deputy>pastoral", "pastoral", Head, Dsl },
        { "so, and the deputy has left", "senior>dsl", "deputy", Head, Dsl },
        { "so, and the deputy goes round in the circle too", "senior>deputy deputy>dsl", "", Head, Dsl },
        { "nobody who leads is here", "senior>dsl deputy>head head>deputy", "", null, Dsl },
    };

    [Theory]
    [MemberData(nameof(Nobody))]
    public void A_duty_never_rests_with_somebody_away_or_gone_and_comes_back_all_the_same(string why, string further, string left, PersonId? has, PersonId reported)
    {
        Assert.NotEmpty(why);
        var people = new Dictionary<string, PersonId> { ["dsl"] = Dsl, ["deputy"] = Deputy, ["head"] = Head, ["senior"] = Senior, ["pastoral"] = Pastoral };
        var first = new CoverPeriod(Dsl, Senior, Day("2026-11-09"), Day("2026-11-13"));
        var covers = further.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('>'))
            .Select(c => new CoverPeriod(people[c[0]], people[c[1]], Day("2026-11-12"), Day("2026-11-12"))).Prepend(first).ToArray();
        var world = Triaged(before: w => w.Facts = w.Facts with { Covers = [first] });
        var untriaged = new IncidentWorld { Facts = world.Facts };
        Ok(untriaged.Report(Reported(untriaged)));
        foreach (var each in new[] { world, untriaged })
        {
            Change(each, covers);
            each.Until(At(11, 12, 0, 0));
            Leaves(each, left.Length == 0 ? [] : [people[left]]);
        }

        Assert.All(OfSafeguarding(world), s => Assert.Equal(has, s.Owner));
        Assert.Equal([has, has], new[] { world.State.Owner, untriaged.State.Owner });
        // Reported on that very day, it is theirs from the beginning.
        var late = new IncidentWorld { Now = At(11, 12, 9, 0), Facts = world.Facts };
        Ok(late.Report(Reported(late)));
        Assert.Equal(has, late.State.Owner);

        Array.ForEach([world, untriaged, late], w => w.Until(At(11, 14, 0, 0)));
        Assert.Equal([(Dsl, Role.Dsl), (Dsl, Role.Dsl)], new[] { world, untriaged }.Select(w => (w.State.Owner!.Value, w.State.OwnerRole!.Value)));
        // The policy itself sends a report to the deputy where the DSL cannot be had: that one is the deputy's.
        Assert.Equal(reported, late.State.Owner);
        Assert.NotEmpty(OfSafeguarding(world));
        Assert.All(OfSafeguarding(world), s => Assert.Equal(Dsl, s.Owner));
    }

    private static void Leaves(IncidentWorld world, params PersonId[] people)
    {
        world.Without(people);
        Ok(world.Keep(world.AsSystem(), c => IncidentDecider.SchoolChanged(world.State, world.Facts, c)));
    }

    private static IncidentWorld OnDay(DateOnly day)
    {
        var world = new IncidentWorld { Now = new DateTimeOffset(day, new TimeOnly(11, 0), TimeSpan.Zero) };
        world.Facts = world.Facts with
        {
            Calendar = world.Facts.Calendar with { Terms = [new SchoolTerm("Year", new(2026, 9, 2), new(2027, 7, 20), null, null)] },
        };
        return world;
    }

    private static ReportIncident Reported(IncidentWorld world) => AReport with { HappenedAt = world.Now.AddHours(-1) };

    private static void Change(IncidentWorld world, params CoverPeriod[] covers)
    {
        world.Facts = world.Facts with { Covers = covers, Version = world.Facts.Version + 1 };
        Ok(world.Keep(world.AsSystem(), c => IncidentDecider.SchoolChanged(world.State, world.Facts, c)));
    }

    private static IEnumerable<IncidentStep> OfDsl(IncidentWorld world) => world.State.Plan().Where(s => s.Status == StepStatus.Open && s.OwnerRole == Role.Dsl);

    private static IEnumerable<IncidentStep> OfSafeguarding(IncidentWorld world) => OfDsl(world).Where(s => !s.Rule.Owners.Contains(Role.PastoralTeam));

    private static IEnumerable<TaskRow> Tasks(IncidentWorld world) => world.Rows().Where(r => r.Table == TaskTables.Task).Select(r => (TaskRow)r.Body);

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
