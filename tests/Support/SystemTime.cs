namespace OnlineSafetyTrust.Tests.Support;

/// <summary>
/// The machine's own clock: begins when the test says, goes on as time does, and has moved on when the machine was off. So no test depends
/// on the day on which it runs.
/// </summary>
public sealed class SystemTime(DateTimeOffset start) : TimeProvider
{
    private readonly long _began = System.GetTimestamp();
    private TimeSpan _off;
    private TimeSpan _offUntilNextStart;

    public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_began) + _off;

    /// <summary>From the next start on the clock is that much further.</summary>
    public void BeOff(TimeSpan time) => _offUntilNextStart += time;

    public void Start()
    {
        _off += _offUntilNextStart;
        _offUntilNextStart = TimeSpan.Zero;
    }
}
