namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>A failure of the host, not of a grain.</summary>
public class OrleansException : Exception
{
    public OrleansException() : base("Unexpected error.")
    {
    }

    public OrleansException(string message) : base(message)
    {
    }

    public OrleansException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}

/// <summary>The silo stops or has stopped; the call was not run.</summary>
public class SiloUnavailableException : OrleansException
{
    public SiloUnavailableException() : base("The silo is not available.")
    {
    }

    public SiloUnavailableException(string message) : base(message)
    {
    }

    public SiloUnavailableException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}

/// <summary>The stored state is newer than the grain's; the activation goes and reads afresh.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message) : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    public InconsistentStateException(
        string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException = null)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public string? StoredEtag { get; }

    public string? CurrentEtag { get; }

    // Only the grain that wrote goes; its callers, through whom the exception passes, are not out of date.
    internal bool IsSourceActivation { get; set; } = true;
}
