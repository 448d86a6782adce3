namespace OnlineSafetyTrust.Tests.Support;

/// <summary>The folder that these tests were built in.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "OnlineSafetyTrust.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException($"There is no OnlineSafetyTrust.sln above {AppContext.BaseDirectory}.");
        }

        return directory.FullName;
    }
}
