namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Embedded only: a call came back to a grain that waits for it. Orleans would time out.</summary>
public sealed class GrainCallCycleException : OrleansException
{
    public GrainCallCycleException()
    {
    }

    public GrainCallCycleException(string message) : base(message)
    {
    }

    public GrainCallCycleException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}

/// <summary>Embedded only: a grain interface holds what cannot cross. Orleans' interface breaks at the same place.</summary>
public sealed class GrainContractException : OrleansException
{
    public GrainContractException()
    {
    }

    public GrainContractException(string message) : base(message)
    {
    }

    public GrainContractException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
