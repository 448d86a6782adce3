using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Grains.Policies;
using OnlineSafetyTrust.Grains.Schools;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Policies;

/// <summary>B1: under every pack lies the floor of its nation and year.</summary>
public class FloorYearsTests
{
    private static readonly PolicyPack Newest = ShippedPacks.FloorOf(Nation.England, new(2026, 9, 1));
    private static readonly PolicyPack[] Years = [Newest with { Id = "england-2027" }, Newest with { Id = "england-2024" }, Newest with { Id = "england-2026" }];

    private readonly SchoolModel _model = new();

    private SchoolState _school = new[] { Role.Headteacher, Role.Dsl, Role.DeputyDsl }.SelectMany(r => new object[]
        {
            new PersonAdded(Of(r), Personal.Of(KeyOwner.Of(Of(r)), "Name"), Personal.Of(KeyOwner.Of(Of(r)), "a@b"), null, null), new RoleAssigned(Of(r), r, new(2020, 9, 1), null),
        })
        .Prepend(new SchoolEstablished(TenantId.Trust(Guid.Empty), "100001", "A School", Phase.Primary, Nation.England, [], "885", null, null))
        .Aggregate(SchoolState.Empty, (s, e) => s.Apply(e, new EventMeta(1, Monday, Actor.System)));

    [Theory]
    [InlineData("2020-01-01", "england-2024")]
    [InlineData("2024-09-01", "england-2024")]
    [InlineData("2026-08-31", "england-2024")]
    [InlineData("2026-09-01", "england-2026")]
    [InlineData("2027-08-31", "england-2026")]
    [InlineData("2027-09-01", "england-2027")]
    [InlineData("2040-01-01", "england-2027")]
    public void It_is_the_newest_whose_year_has_begun_and_never_one_to_come(string day, string floor) =>
        Assert.Equal(floor, FloorYears.On(DateOnly.Parse(day, null), Years).Id);

    [Fact]
    public void Every_shipped_floor_has_a_year() =>
        Assert.All(ShippedPacks.Floors, f => Assert.InRange(FloorYears.FirstDay(f), new(2025, 9, 1), new(2035, 9, 1)));

    /// <summary>Schools that adopted before get the new floor's day as a deadline at the next start only where the rules are newer.</summary>
    [Fact]
    public void A_floor_that_is_added_raises_the_version_of_the_deadlines() =>
        Assert.Equal("3: england-2025, wales-2025", $"{DueRules.Version}: {string.Join(", ", ShippedPacks.Floors.Select(f => f.Id).Order(StringComparer.Ordinal))}");

    [Fact]
    public void Whoever_adopts_gets_the_floor_of_the_day()
    {
        var adopted = Assert.IsType<PolicyAdopted>(Assert.Single(SchoolDecider.AdoptPolicy(_school, new AdoptPolicy("wyre-forest", null), By(Role.Headteacher)).Value!));
        Assert.Equal("england-2025", adopted.Policy.Floor);
        Store(adopted);
        Assert.Empty(_model.Due(_school));
    }

    [Fact]
    public void A_newer_floor_goes_under_the_policy_in_force_on_its_day_and_head_and_DSL_are_told()
    {
        var old = Newest with { Id = "england-2024", Always = [], Limits = [] };
        var before = PolicyCompiler.Compile(ShippedPacks.Find("wyre-forest").Value!, old).Value!;
        Store(new PolicyAdopted("wyre-forest", "Wyre Forest", "1+1", "hash", before));
        var due = Assert.Single(_model.Due(_school));
        Assert.Equal((SchoolModel.Floor, At(2025, 9, 1, 0, 0)), (due.What, due.At));

        var raised = Assert.IsType<PolicyFloorRaised>(Assert.Single(SchoolDecider.RaiseFloor(_school, Product(due.At)).Value!));
        Assert.Equal(("england-2024", "1+2", "england-2025"), (raised.Before, raised.Version, raised.Policy.Floor));
        Assert.All(Newest.Always, a => Assert.Contains(raised.Policy.Policy.Always, s => s.Kind == a.Kind));
        Assert.True(raised.Policy.Overrides.Count > before.Overrides.Count);
        Assert.Equal(before.Overrides, raised.Policy.Overrides.Take(before.Overrides.Count));

        var told = Store(raised);
        Assert.Equal(
            new[] { Role.Headteacher, Role.Dsl }.Select(r => Destinations.Mail(Id, Of(r))).Order(),
            told.Where(m => m.Body is Notice { Kind: NoticeKind.PolicyFloorRaised }).Select(m => m.Destination).Order());
        Assert.Single(told, m => m.Kind == SchoolChanged.Message);
        Assert.Equal("1+2", _school.InForce!.Version);
        Assert.Empty(_model.Due(_school));
        Assert.Empty(SchoolDecider.RaiseFloor(_school, Product(due.At)).Value!);
    }

    private List<Message> Store(object @event)
    {
        var (before, meta) = (_school, new EventMeta(1, Monday, Actor.System));
        _school = _school.Apply(@event, meta);
        return [.. _model.Reactions(SchoolKey.Of(Id), before, @event, _school, meta)];
    }
}
