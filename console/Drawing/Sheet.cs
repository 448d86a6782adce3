using System.Text;
using System.Text.Encodings.Web;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.StaffConsole.Words;

namespace OnlineSafetyTrust.StaffConsole.Drawing;

/// <summary>A table that leaves the product as a file.</summary>
/// <param name="Name">Of the file, without its ending: never personal.</param>
/// <param name="Title">Above the table where it is printed.</param>
internal sealed record Sheet(string Name, string Title, IReadOnlyList<string> Headings, IEnumerable<string?[]> Rows);

/// <summary>A sheet as the file that was asked for.</summary>
internal sealed class SheetFiles(PdfPrinter printer, Menu menu, Wording say)
{
    private const string Style = """
        @page { size: A4 landscape; margin: 14mm 14mm 16mm; @bottom-right { content: counter(page) " of " counter(pages); font: 8pt sans-serif } }
        body { font: 9.5pt/1.4 sans-serif } h1 { font-size: 15pt; margin: 0 } p { margin: 1mm 0 4mm }
        table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: 1.5mm 3mm 1.5mm 0; border-bottom: .4pt solid #555 } td { white-space: pre-line }
        """;

    private static readonly CsvWriterOptions Guarded = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true, HasHeader = false };

    public bool MakesPdf => printer.IsThere;

    /// <summary>As spreadsheets open it: UTF-8 with its mark, and nothing that begins like a formula is one.</summary>
    public static FileResult Csv(Sheet sheet)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Guarded, leaveOpen: true))
        {
            foreach (var row in sheet.Rows.Prepend([.. sheet.Headings]))
            {
                csv.WriteRecord(row);
            }
        }

        return new FileContentResult(bytes.ToArray(), "text/csv; charset=utf-8") { FileDownloadName = $"{sheet.Name}.csv" };
    }

    /// <summary>503 where none can be made; the page that stands for it names the ways out.</summary>
    public async Task<IActionResult> PdfAsync(Sheet sheet, CancellationToken ct) =>
        await printer.PrintAsync(Page(sheet, $"{await menu.PlaceAsync(ct)} · taken {say.Now}"), ct) is { } pdf
            ? new FileContentResult(pdf, "application/pdf") { FileDownloadName = $"{sheet.Name}.pdf" }
            : new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);

    private static string Page(Sheet sheet, string under)
    {
        var page = new StringBuilder($"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{Text(sheet.Title)}</title><style>{Style}</style></head>""");
        page.Append($"<body><h1>{Text(sheet.Title)}</h1><p>{Text(under)}</p><table><thead><tr>").AppendJoin("", sheet.Headings.Select(h => $"<th scope=\"col\">{Text(h)}</th>")).Append("</tr></thead><tbody>");
        foreach (var row in sheet.Rows)
        {
            page.Append("<tr>").AppendJoin("", row.Select(cell => row.Length == sheet.Headings.Count ? $"<td>{Text(cell)}</td>" : $"<td colspan=\"{sheet.Headings.Count}\">{Text(cell)}</td>")).Append("</tr>");
        }

        return page.Append("</tbody></table></body></html>").ToString();
    }

    private static string Text(string? words) => HtmlEncoder.Default.Encode(words ?? "");
}
