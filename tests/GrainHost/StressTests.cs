namespace OnlineSafetyTrust.GrainHost.Tests;

public class StressTests
{
    [Fact]
    public async Task Many_callers_of_many_grains_lose_and_repeat_nothing()
    {
        await using var cluster = await Cluster.StartAsync();
        const int Grains = 200, Callers = 16, Rounds = 500;
        var grains = Enumerable.Range(0, Grains).Select(i => cluster.Grain<ILoadGrain>($"g{i}")).ToArray();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                await grains[(caller + i) % Grains].Add(yields: i % 3);
            }
        })));
        var counts = await Task.WhenAll(grains.Select(grain => grain.Total()));
        Assert.Equal(Callers * Rounds, counts.Sum());
        Assert.Equal(0, LoadGrain.Overlaps);
    }

    [Fact]
    public async Task Calls_that_race_with_deactivation_all_run_on_one_activation_at_a_time()
    {
        await using var cluster = await Cluster.StartAsync();
        const int Callers = 8, Rounds = 400;
        var key = Cluster.NewKey();
        var grain = cluster.Grain<ILoadGrain>(key);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                await (i % 7 == caller % 7 ? grain.AddAndLeave() : grain.Add(i % 2));
            }
        })));
        Assert.Equal(Callers * Rounds, LoadGrain.RunsOf(key));
        Assert.Equal(1, LoadGrain.MostAliveOf(key));
    }

    [Fact]
    public async Task Calls_that_race_with_collection_all_run()
    {
        var clock = new ManualTimeProvider();
        await using var cluster = await Cluster.StartAsync(
            silo => silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionAge = TimeSpan.FromMinutes(2);
                options.CollectionQuantum = TimeSpan.FromMinutes(1);
            }),
            clock);
        var keys = Enumerable.Range(0, 20).Select(_ => Cluster.NewKey()).ToArray();
        var calls = Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                await cluster.Grain<ILoadGrain>(keys[(caller + i) % keys.Length]).Add(1);
            }
        })));
        while (!calls.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(3));
            await Task.Yield();
        }

        await calls;
        Assert.Equal(8 * 300, keys.Sum(LoadGrain.RunsOf));
        Assert.All(keys, key => Assert.Equal(1, LoadGrain.MostAliveOf(key)));
    }
}

public interface ILoadGrain : IGrainWithStringKey
{
    Task Add(int yields);

    Task AddAndLeave();

    Task<int> Total();
}

public sealed class LoadGrain : Grain, ILoadGrain
{
    private static readonly Dictionary<string, (int Runs, int Alive, int Most)> Seen = [];

    private static int s_overlaps;

    private int _total;
    private int _inside;

    public static int Overlaps => s_overlaps;

    private string Key => this.GetPrimaryKeyString();

    public static int RunsOf(string key)
    {
        lock (Seen)
        {
            return Seen[key].Runs;
        }
    }

    public static int MostAliveOf(string key)
    {
        lock (Seen)
        {
            return Seen[key].Most;
        }
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Note(0, 1);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Note(0, -1);
    }

    public async Task Add(int yields)
    {
        if (Interlocked.Exchange(ref _inside, 1) == 1)
        {
            Interlocked.Increment(ref s_overlaps);
        }

        for (var i = 0; i < yields; i++)
        {
            await Task.Yield();
        }

        _total++;
        Note(1, 0);
        Volatile.Write(ref _inside, 0);
    }

    public Task AddAndLeave()
    {
        DeactivateOnIdle();
        return Add(1);
    }

    public Task<int> Total() => Task.FromResult(_total);

    private void Note(int runs, int alive)
    {
        lock (Seen)
        {
            var (allRuns, allAlive, most) = Seen.GetValueOrDefault(Key);
            Seen[Key] = (allRuns + runs, allAlive + alive, Math.Max(most, allAlive + alive));
        }
    }
}
