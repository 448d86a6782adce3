using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Gateway.Guards;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

public sealed class CostBudgetTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void What_is_spent_comes_back_with_time()
    {
        var budget = Make(person: (100, 10), tenant: (0, 0));

        Assert.Null(budget.Take("ann", "school", 100));
        Assert.Equal(TimeSpan.FromSeconds(5), budget.Take("ann", "school", 50));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(1), budget.Take("ann", "school", 50));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(budget.Take("ann", "school", 50));
        Assert.Null(budget.Take("bea", "school", 100));
    }

    [Fact]
    public void A_school_has_a_budget_of_its_own_and_a_refusal_costs_nobody_anything()
    {
        var budget = Make(person: (100, 10), tenant: (150, 1));

        Assert.Null(budget.Take("ann", "school", 100));
        Assert.Equal(TimeSpan.FromSeconds(50), budget.Take("bea", "school", 100));
        Assert.Null(budget.Take("bea", "school", 50));
        Assert.Null(budget.Take("bea", "other", 50));
    }

    [Fact]
    public void What_costs_more_than_a_full_bucket_waits_for_a_full_one()
    {
        var budget = Make(person: (100, 10), tenant: (0, 0));

        Assert.Null(budget.Take("ann", null, 300));
        Assert.Equal(TimeSpan.FromSeconds(30), budget.Take("ann", null, 300));
    }

    [Fact]
    public void Those_who_have_rested_are_forgotten_and_those_in_debt_are_not()
    {
        var budget = Make(person: (100, 10), tenant: (0, 0));
        Assert.Null(budget.Take("wild", null, 100_000));
        _clock.Advance(TimeSpan.FromSeconds(60));

        for (var i = 0; i < 30_000; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Null(budget.Take($"p{i}", null, 1));
        }

        Assert.NotNull(budget.Take("wild", null, 1));
        Assert.InRange(budget.Count, 1, 10_001);
    }

    private CostBudget Make((double Burst, double PerSecond) person, (double Burst, double PerSecond) tenant) => new(
        Options.Create(new ApiOptions
        {
            PersonBudget = new() { Burst = person.Burst, PerSecond = person.PerSecond }, TenantBudget = new() { Burst = tenant.Burst, PerSecond = tenant.PerSecond },
        }),
        _clock);
}
