namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>The process refuses to start; the message says the way out.</summary>
public sealed class MisconfiguredException(string message) : Exception(message);
