namespace OnlineSafetyTrust.GrainHost.Tests;

public class FilterTests
{
    [Fact]
    public async Task Filters_see_the_request_and_may_change_the_answer()
    {
        await using var cluster = await Cluster.StartAsync(silo => silo
            .AddIncomingGrainCallFilter<Outer>()
            .AddIncomingGrainCallFilter<Inner>());
        var grain = cluster.Grain<IFilteredGrain>("a");
        Assert.Equal("outer(inner(a:x:FilteredGrain))", await grain.Say("x"));
        Assert.Equal("short", await grain.Say("stop"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Say("throw"));
        Assert.Equal("thrown", error.Message);
    }

    private sealed class Outer : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is not IFilteredGrain)
            {
                await context.Invoke();
                return;
            }

            if (context.Request.GetArgument(0) is "stop")
            {
                context.Result = "short";
                return;
            }

            await context.Invoke();
            context.Result = $"outer({context.Result})";
        }
    }

    private sealed class Inner : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (context.Grain is IFilteredGrain && context.InterfaceMethod.Name == nameof(IFilteredGrain.Say))
            {
                context.Result = $"inner({context.Result}:{context.Grain.GetType().Name})";
            }
        }
    }
}

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> Say(string text);
}

public sealed class FilteredGrain : Grain, IFilteredGrain
{
    public Task<string> Say(string text) => text == "throw"
        ? throw new InvalidOperationException("thrown")
        : Task.FromResult($"{this.GetPrimaryKeyString()}:{text}");
}
