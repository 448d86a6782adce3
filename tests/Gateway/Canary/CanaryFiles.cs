using System.Security.Cryptography;
using System.Text;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Canary;

/// <summary>The name that occurs nowhere else, and the files of the product that hold it.</summary>
internal static class CanaryFiles
{
    public const string Canary = "Quoxelle";
    public const string SignIn = $"https://sign-in.example|{Canary}0";

    public static bool Bears(string text) => text.Contains(Canary, StringComparison.OrdinalIgnoreCase);

    public static async Task<List<string>> WithItAsync(Database database, RunningGateway gateway)
    {
        var directories = database == Database.Sqlite ? [gateway.Directory] : new[] { gateway.Directory, PostgresServer.Shared.DataDirectory };
        if (database == Database.PostgreSql)
        {
            PostgresServer.Shared.Execute("postgres", "CHECKPOINT");
        }

        // A digest without a key is as good as the sign-in itself: sign-ins can be tried out.
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SignIn)));
        var needles = new[] { Encoding.UTF8.GetBytes(Canary), Encoding.Unicode.GetBytes(Canary), Encoding.UTF8.GetBytes(digest) };
        var found = new List<string>();
        foreach (var file in directories.SelectMany(d => Directory.EnumerateFiles(d, "*", SearchOption.AllDirectories)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            if (needles.Any(n => bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(n) >= 0))
            {
                found.Add(file);
            }
        }

        return found;
    }
}
