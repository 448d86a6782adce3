using System.Reflection;
using OnlineSafetyTrust.Contracts;
#if !ORLEANS
using OnlineSafetyTrust.Embedded.Grains.TestingHost;
#endif

namespace OnlineSafetyTrust.Domain.Tests.Core;

/// <summary>A type that is not marked compiles, and then breaks every call of its interface: in a cluster, where no other test looks.</summary>
public sealed class ContractTests
{
    private static readonly Type[] Contracts = typeof(IStreamGrain).Assembly.GetTypes();

    private static readonly Type[] Interfaces = [.. Contracts.Where(t => t.IsInterface && t.IsAssignableTo(typeof(IGrainWithStringKey)))];

    [Fact]
    public void Every_contract_has_a_name_of_its_own_that_outlives_the_types()
    {
        var marked = Contracts.Where(t => t.IsDefined(typeof(GenerateSerializerAttribute), false)).Concat(Interfaces).ToList();
        Assert.Equal([], marked.Where(t => t.GetCustomAttribute<AliasAttribute>(false) is null).Select(t => $"{t} has no [Alias]."));
        Assert.Equal([], marked.GroupBy(t => t.GetCustomAttribute<AliasAttribute>(false)!.Alias).Where(g => g.Count() > 1).Select(g => $"{g.Key} is the alias of {string.Join(" and ", g)}."));
    }

#if !ORLEANS
    [Fact]
    public async Task Everything_that_a_grain_takes_or_gives_is_marked_to_cross()
    {
        await using var cluster = await ClusterAsync();
        // What others are made of is checked with them, and has no grain of its own.
        var asked = Interfaces.Where(i => !Interfaces.Any(other => other != i && other.IsAssignableTo(i))).ToList();
        Assert.NotEmpty(asked);
        Assert.Equal([], asked.Select(i => FaultOf(cluster, i)).OfType<string>());
    }

    [Fact]
    public async Task A_contract_that_forgets_a_mark_is_found()
    {
        await using var cluster = await ClusterAsync();
        var fault = FaultOf(cluster, typeof(IForgetfulGrain));
        Assert.Contains("IForgetfulGrain.TakeAsync: parameter command: Forgetful.Inner: ", fault, StringComparison.Ordinal);
        Assert.Contains($"{typeof(NotMarked)} has no [GenerateSerializer]", fault, StringComparison.Ordinal);
        Assert.Contains("IForgetfulGrain.GiveAsync: result: WithoutId.Lost has no [Id]", fault, StringComparison.Ordinal);
    }

    private static async Task<InProcessTestCluster> ClusterAsync()
    {
        var cluster = new InProcessTestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private static string? FaultOf(InProcessTestCluster cluster, Type grain)
    {
        try
        {
            typeof(IGrainFactory).GetMethod(nameof(IGrainFactory.GetGrain))!.MakeGenericMethod(grain).Invoke(cluster.Client, ["a"]);
            return null;
        }
        catch (TargetInvocationException e) when (e.InnerException is GrainContractException fault)
        {
            return fault.Message;
        }
    }
#endif
}

#if !ORLEANS
public interface IForgetfulGrain : IGrainWithStringKey
{
    Task TakeAsync(Forgetful command);

    Task<WithoutId> GiveAsync();
}

public sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public Task TakeAsync(Forgetful command) => Task.CompletedTask;

    public Task<WithoutId> GiveAsync() => Task.FromResult(new WithoutId(""));
}

[GenerateSerializer]
public sealed record Forgetful(IReadOnlyList<NotMarked> Inner);

public sealed record NotMarked(string Text);

[GenerateSerializer]
public sealed record WithoutId(string Kept)
{
    public string? Lost { get; init; }
}
#endif
