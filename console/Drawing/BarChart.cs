using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace OnlineSafetyTrust.StaffConsole.Drawing;

/// <param name="Value">Null: suppressed.</param>
internal sealed record Bar(string Label, long? Value);

/// <summary>Bars as SVG from the server. The numbers stand on the bars and in the text alternative, so that nothing hangs on colour.</summary>
internal static class BarChart
{
    private const int Height = 160;
    private const int Step = 76;
    private const int Width = 40;

    // "not shown" is wider than the bar that it stands on.
    private const int Margin = 20;

    public static string Draw(string title, IReadOnlyList<Bar> bars)
    {
        var most = Math.Max(5, bars.Max(b => b.Value ?? 0));
        var svg = new StringBuilder();
        var id = $"chart-{Math.Abs(StringComparer.Ordinal.GetHashCode(title)):x}";
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" viewBox=\"0 0 {(bars.Count * Step) + Margin} {Height + 50}\" width=\"{(bars.Count * Step) + Margin}\" height=\"{Height + 50}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"{id}-t\">{Text(title)}: incidents by month</title><desc id=\"{id}-d\">{Text(string.Join("; ", bars.Select(b => $"{b.Label}: {TrendRows.Say(b.Value)}")))}</desc>");
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"0\" y1=\"{Height + 20}\" x2=\"{(bars.Count * Step) + Margin}\" y2=\"{Height + 20}\"/>");
        for (var i = 0; i < bars.Count; i++)
        {
            Append(svg, bars[i], Margin + (i * Step), most);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Append(StringBuilder svg, Bar bar, int x, long most)
    {
        // All suppressed bars have one height: it says nothing.
        var height = bar.Value is { } count ? count * Height / most : Height / 4;
        var y = Height + 20 - height;
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{(bar.Value is null ? "hidden-bar" : "bar")}\" x=\"{x}\" y=\"{y}\" width=\"{Width}\" height=\"{height}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + (Width / 2)}\" y=\"{y - 5}\">{TrendRows.Say(bar.Value)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + (Width / 2)}\" y=\"{Height + 38}\">{Text(bar.Label)}</text>");
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
