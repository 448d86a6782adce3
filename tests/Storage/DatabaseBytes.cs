using System.Text;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Storage.Tests;

/// <summary>Looks through the database's files as they lie on the disk, write-ahead logs included.</summary>
internal static class DatabaseBytes
{
    public static Task<bool> FindAsync(TestStore store, string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        if (store.Options.Provider == StoreProvider.PostgreSql)
        {
            PostgresServer.Shared.Execute("postgres", "CHECKPOINT");
        }

        var root = store.Options.Provider == StoreProvider.Sqlite ? store.Options.DataDirectory : PostgresServer.Shared.DataDirectory;
        return Task.FromResult(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Any(file => Read(file).AsSpan().IndexOf(wanted) >= 0));
    }

    private static byte[] Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
