namespace OnlineSafetyTrust.Storage;

public enum StoreProblem
{
    /// <summary>Something not foreseen; see the inner exception.</summary>
    Unexpected,
    Misconfigured,
    Locked,
    Corrupt,
    DiskFull,
    Unreachable,
    NotDurable,
    MasterKeyLost,
    MasterKeyMismatch,
    KeysLost,

    /// <summary>A flush to disk failed; the process must be restarted.</summary>
    FlushFailed,
    Stopped,
}

/// <summary>The store cannot do what was asked. The message is a sentence for the person on call, with the way out; never personal data.</summary>
public sealed class StoreException : Exception
{
    public StoreException(StoreProblem problem, string message, bool nothingStored, Exception? inner = null)
        : base(message, inner) => (Problem, NothingStored) = (problem, nothingStored);

    public StoreProblem Problem { get; }

    /// <summary>True: known that nothing was stored. False: the outcome is unknown; read again.</summary>
    public bool NothingStored { get; }
}
