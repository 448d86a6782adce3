using CsvHelper;
using Microsoft.AspNetCore.Mvc;

namespace OnlineSafetyTrust.StaffConsole.Drawing;

/// <summary>Tables as spreadsheets open them: UTF-8 with its mark, and nothing that begins like a formula is one.</summary>
internal static class Csv
{
    private static readonly CsvWriterOptions Guarded = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true, HasHeader = false };

    /// <param name="name">Of the file: never personal.</param>
    public static FileResult File(string name, IEnumerable<string?[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Guarded, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                csv.WriteRecord(row);
            }
        }

        return new FileContentResult(bytes.ToArray(), "text/csv; charset=utf-8") { FileDownloadName = name };
    }
}
