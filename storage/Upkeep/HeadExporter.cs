using System.Text.Json;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

public sealed record ExportedHead(long Position, string Hmac);

/// <summary>Writes the journal's head outside the database: a store that was cut back cannot show the heads it had.</summary>
public sealed class HeadExporter
{
    private readonly IDatabase _database;
    private readonly string _directory;

    internal HeadExporter(IDatabase database, string directory) => (_database, _directory) = (database, directory);

    /// <summary>Writes <c>head-YYYY-MM-DD.json</c>, whole or not at all. A later call of the same day replaces it, unless the journal was cut back or put back since: then both are kept.</summary>
    public async Task<string> ExportAsync(DateOnly date, CancellationToken ct)
    {
        var head = (await _database.QueryAsync("SELECT position, hmac FROM head WHERE id = 1", null, row => new ExportedHead(row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1))), ct))[0];
        Directory.CreateDirectory(_directory);
        var path = Path.Combine(_directory, $"head-{date:yyyy-MM-dd}.json");
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        await using (var file = new FileStream(temporary, FileMode.CreateNew))
        {
            await JsonSerializer.SerializeAsync(file, head, JsonSerializerOptions.Web, ct);
            file.Flush(flushToDisk: true);
        }

        if (File.Exists(path) && ReadFile(path) is { } there && there.Position > head.Position)
        {
            File.Move(path, Path.Combine(_directory, $"head-{date:yyyy-MM-dd}-{there.Position}.json"), overwrite: true);
        }

        File.Move(temporary, path, overwrite: true);
        return path;
    }

    /// <returns>A head of null: the file holds none.</returns>
    internal static IEnumerable<(string File, ExportedHead? Head)> Read(string directory)
    {
        if (!Directory.Exists(directory))
        {
            yield break;
        }

        foreach (var file in Directory.GetFiles(directory, "head-*.json").Order(StringComparer.Ordinal))
        {
            yield return (Path.GetFileName(file), ReadFile(file));
        }
    }

    private static ExportedHead? ReadFile(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<ExportedHead>(File.ReadAllText(file), JsonSerializerOptions.Web);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
