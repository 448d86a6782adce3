using System.Globalization;
using System.Text;
using OnlineSafetyTrust.Storage.Process;

namespace OnlineSafetyTrust.Silo.Clock;

/// <summary>The clock's lead in the product's database.</summary>
internal sealed class ClockKeeper(ProcessState states) : IClockKeeper
{
    private const string Storage = "product";
    private const string Name = "clock";

    public async ValueTask KeepAsync(TimeSpan ahead, CancellationToken ct)
    {
        var known = await states.ReadAsync(Storage, Name, Name, ct);
        await states.WriteAsync(Storage, Name, Name, Encoding.ASCII.GetBytes(ahead.Ticks.ToString(CultureInfo.InvariantCulture)), known?.ETag);
    }

    public async ValueTask<TimeSpan> FindAsync(CancellationToken ct) =>
        await states.ReadAsync(Storage, Name, Name, ct) is { } known
            ? TimeSpan.FromTicks(long.Parse(Encoding.ASCII.GetString(known.Bytes.Span), CultureInfo.InvariantCulture))
            : TimeSpan.Zero;
}
