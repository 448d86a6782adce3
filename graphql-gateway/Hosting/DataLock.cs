using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>One writing process per data directory: the embedded stack keeps state in memory that a second process would not see.</summary>
internal static class DataLock
{
    public static IDisposable Take(string directory)
    {
        try
        {
            PrivateDirectory.Create(directory);
            return new FileStream(System.IO.Path.Combine(directory, "process.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new StoreException(StoreProblem.Locked, $"Another process works on {directory}. Stop it first, or choose another directory with --data.", true, e);
        }
    }
}
