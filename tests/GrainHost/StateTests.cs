namespace OnlineSafetyTrust.GrainHost.Tests;

public class StateTests
{
    [Fact]
    public async Task State_survives_the_activation()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IStateGrain>(Cluster.NewKey());
        Assert.Equal("False:0", await grain.Describe());
        await grain.Add(3);
        await grain.Leave();
        Assert.Equal("True:3", await grain.Describe());
        await grain.Clear();
        Assert.Equal("False:0", await grain.Describe());
        await grain.Leave();
        Assert.Equal("False:0", await grain.Describe());
    }

    [Fact]
    public async Task Reading_again_drops_what_was_not_written()
    {
        await using var cluster = await Cluster.StartAsync();
        var grain = cluster.Grain<IStateGrain>(Cluster.NewKey());
        await grain.Add(3);
        await grain.ChangeWithoutWriting(9);
        await grain.Reread();
        Assert.Equal("True:3", await grain.Describe());
    }
}

[GenerateSerializer]
public sealed class Tally
{
    [Id(0)]
    public int Count { get; set; }
}

public interface IStateGrain : IGrainWithStringKey
{
    Task Add(int count);

    Task ChangeWithoutWriting(int count);

    Task Reread();

    Task Clear();

    Task<string> Describe();

    Task<Guid> Born();

    Task Leave();
}

public sealed class StateGrain([PersistentState("tally", "memory")] IPersistentState<Tally> tally) : Grain, IStateGrain
{
    private readonly Guid _born = Guid.NewGuid();

    public Task Add(int count)
    {
        tally.State.Count += count;
        return tally.WriteStateAsync();
    }

    public Task ChangeWithoutWriting(int count)
    {
        tally.State.Count = count;
        return Task.CompletedTask;
    }

    public Task Reread() => tally.ReadStateAsync();

    public Task Clear() => tally.ClearStateAsync();

    public Task<string> Describe() => Task.FromResult($"{tally.RecordExists}:{tally.State.Count}");

    public Task<Guid> Born() => Task.FromResult(_born);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
