using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>One writing process per data directory: the embedded stack keeps state in memory that a second process would not see.</summary>
internal static class DataLock
{
    private const string FileName = "process.lock";

    public static IDisposable Take(string directory)
    {
        try
        {
            PrivateDirectory.Create(directory);
            return new FileStream(System.IO.Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreException(StoreProblem.Misconfigured, $"The data directory {directory} cannot be written by this user. Give it to them, or choose another directory with --data.", true, e);
        }
        catch (IOException e) when (!File.Exists(System.IO.Path.Combine(directory, FileName)))
        {
            throw new StoreException(StoreProblem.Misconfigured, $"The data directory {directory} cannot be used: {e.Message}", true, e);
        }
        catch (IOException e)
        {
            throw new StoreException(StoreProblem.Locked, $"Another process works on {directory}. Stop it first, or choose another directory with --data.", true, e);
        }
    }
}
