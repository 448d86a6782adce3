using OnlineSafetyTrust.Chaos.Checking;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;

namespace OnlineSafetyTrust.Chaos;

/// <summary>
/// Round after round on one store: load, a kill at a random instant, a restart, every open command again, and then every promise is
/// held against the tables.
/// </summary>
internal sealed class ChaosRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly ChaosPlan _plan;
    private readonly StoreUnderTest _store;
    private readonly MailSink _mails = new();
    private readonly int _port = GatewayProcess.FreePort();
    private readonly Random _random;
    private readonly Ledger _ledger = new();
    private readonly Clients _clients;
    private GatewayProcess _gateway;

    private ChaosRun(ChaosPlan plan, StoreUnderTest store, Ground ground, GatewayProcess gateway)
    {
        (_plan, _store, _gateway, _random) = (plan, store, gateway, new Random(plan.Seed));
        _clients = new Clients(_ledger, new Repertoire(ground, plan.Seed), plan.Clients);
    }

    public int Acknowledged => _ledger.Acknowledged;

    public IEnumerable<KeyValuePair<string, int>> ByMutation => _ledger.ByMutation;

    public static async Task<ChaosRun> StartAsync(ChaosPlan plan, StoreUnderTest store)
    {
        var ground = await Founding.FoundAsync(store, underChecks: 10);
        var run = new ChaosRun(plan, store, ground, null!);
        run._gateway = await run.StartGatewayAsync();
        return run;
    }

    /// <exception cref="ChaosException">A promise was broken.</exception>
    public async Task<RoundReport> RoundAsync(int round)
    {
        var fault = Fault.Of(_plan, round, _random);
        await LoadAsync(fault);
        Restart? restart = null;
        if (_gateway.HasExited)
        {
            _gateway.Dispose();
            _gateway = await StartGatewayAsync();
            restart = Restart.Of(_gateway.Start);
        }

        using var api = new Api(_gateway.Address);
        var retried = await _clients.FinishAsync(api, Patience);
        await _clients.RepeatAsync(api, _random, some: 10);
        await Quiet.PassDeadlinesAsync(_store, api, _random.NextDouble() * _plan.LongestPassing);
        await Quiet.UntilDrainedAsync(_store, Patience);
        await CheckAsync(round, restart);
        return new RoundReport(round, fault.Name, restart, retried, Acknowledged);
    }

    public void Dispose()
    {
        _gateway?.Dispose();
        _mails.Dispose();
    }

    private async Task LoadAsync(Fault fault)
    {
        using var api = new Api(_gateway.Address);
        using var stop = new CancellationTokenSource();
        var load = _clients.RunAsync(api, stop.Token);
        var clock = MoveClockAsync(api, stop.Token);
        await Task.Delay(_random.Next(_plan.LoadMilliseconds.From, _plan.LoadMilliseconds.To), CancellationToken.None);
        await fault.StrikeAsync(_gateway, _store);
        await stop.CancelAsync();
        await Task.WhenAll(load, clock);
    }

    /// <summary>Deadlines fall due while commands run, so that a kill also meets pumps at work.</summary>
    private static async Task MoveClockAsync(Api api, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await api.MoveClockAsync(await api.ClockAsync(stop) + TimeSpan.FromMinutes(5), stop);
                await Task.Delay(100, stop);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or System.Text.Json.JsonException)
        {
            // The kill, or the end of the load.
        }
    }

    private async Task CheckAsync(int round, Restart? restart)
    {
        var problems = (await StoreCheck.RunAsync(_store, _ledger)).Concat(_ledger.Broken).ToList();
        if (restart?.Broken is { } slow)
        {
            problems.Add(slow);
        }

        if (round % _plan.VerifyEvery == 0 || round == _plan.Rounds)
        {
            var (code, output) = await GatewayProcess.VerifyAsync(_store);
            if (code != 0)
            {
                problems.Add($"verify ended with {code}: {output}");
            }
        }

        if (problems.Count > 0)
        {
            throw new ChaosException($"{_plan.Database}, seed {_plan.Seed}, round {round}: {problems.Count} promises broken.\n{string.Join('\n', problems.Take(20))}");
        }
    }

    private Task<GatewayProcess> StartGatewayAsync() => GatewayProcess.StartAsync(_store, _port, _mails.Settings);
}
