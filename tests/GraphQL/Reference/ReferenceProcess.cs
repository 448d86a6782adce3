using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace OnlineSafetyTrust.GraphQL.Tests.Reference;

/// <summary>graphql-js 17.1, asked through the scripts of this folder.</summary>
internal static class ReferenceProcess
{
    public static string Folder { get; } = System.IO.Path.GetDirectoryName(ThisFile())!;

    public static bool IsInstalled => Directory.Exists(System.IO.Path.Combine(Folder, "node_modules", "graphql"));

    /// <summary>What the script answers to the question, both in JSON.</summary>
    public static T Ask<T>(string script, object question)
    {
        using var node = Process.Start(new ProcessStartInfo("node", script)
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        })!;
        var complaint = node.StandardError.ReadToEndAsync();
        node.StandardInput.Write(JsonSerializer.Serialize(question, JsonSerializerOptions.Web));
        node.StandardInput.Close();
        var answer = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return node.ExitCode == 0
            ? JsonSerializer.Deserialize<T>(answer, JsonSerializerOptions.Web)!
            : throw new InvalidOperationException($"{script}: {complaint.GetAwaiter().GetResult()}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

/// <summary>A comparison with graphql-js; says so where its packages are not installed.</summary>
internal sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute() => Skip = ReferenceProcess.IsInstalled ? null : "Run `npm ci` in tests/GraphQL/Reference.";
}
