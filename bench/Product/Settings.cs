namespace OnlineSafetyTrust.Bench;

/// <param name="Window">Length of one window.</param>
/// <param name="Turns">Alternating windows per contender.</param>
/// <param name="Short">Fewer rows and requests, to see that everything runs.</param>
internal sealed record Settings(TimeSpan Window, int Turns, bool Short)
{
    public int Pupils => Short ? 100 : 200;

    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "OnlineSafetyTrust.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("Run this from a build inside the repository.");
        }

        return directory.FullName;
    }
}
