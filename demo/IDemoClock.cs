namespace OnlineSafetyTrust.Demo;

/// <summary>The product's clock while a demo is built: it starts a year ago and only moves forward.</summary>
public interface IDemoClock
{
    /// <summary>Runs, in order, everything that falls due until then, and returns when nothing of it is left to do.</summary>
    Task MoveToAsync(DateTimeOffset to);
}
