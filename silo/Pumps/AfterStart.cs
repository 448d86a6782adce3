using Microsoft.Extensions.Hosting;

namespace OnlineSafetyTrust.Silo.Pumps;

internal static class AfterStart
{
    /// <summary>Until the host takes requests: what a crash left over must not hold up those who wait for the server.</summary>
    public static async Task UntilStartedAsync(this IHostApplicationLifetime host, CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(ct);
    }
}
