using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using OnlineSafetyTrust.Silo.Hosting;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Upkeep;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>Of two processes with the same grains in memory each answers from what the other has changed.</summary>
public sealed class OnlyProcessTests
{
    [Fact]
    public async Task A_host_goes_on_while_nobody_knows_and_stops_once_another_process_has_its_place()
    {
        var (clock, host, held) = (new ManualTimeProvider(), new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), new Scripted());
        var only = new OnlyProcess(host, clock, NullLogger<OnlyProcess>.Instance);
        only.Watch(held);
        foreach (var answer in (Func<bool>[])[() => true, () => throw new StoreException(StoreProblem.Unreachable, "Nobody answers.", true), () => true])
        {
            await LookAsync(answer);
            Assert.False(host.ApplicationStopping.IsCancellationRequested);
        }

        var stopping = new TaskCompletionSource();
        host.ApplicationStopping.Register(stopping.SetResult);
        await LookAsync(() => false);
        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await only.DisposeAsync();
        Assert.True(held.LetGo);

        async Task LookAsync(Func<bool> answer)
        {
            held.Answer = answer;
            clock.Advance(OnlyProcess.LookEvery);
            await held.Asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
            held.Asked = new();
        }
    }

    private sealed class Scripted : IOnlyProcess
    {
        public Func<bool> Answer { get; set; } = () => true;

        public TaskCompletionSource Asked { get; set; } = new();

        public bool LetGo { get; private set; }

        public Task<bool> StillAsync(CancellationToken ct)
        {
            Asked.SetResult();
            return Task.FromResult(Answer());
        }

        public ValueTask DisposeAsync()
        {
            LetGo = true;
            return ValueTask.CompletedTask;
        }
    }
}
