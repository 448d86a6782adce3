using System.Globalization;

namespace OnlineSafetyTrust.Embedded.GraphQL.Http;

/// <summary>What the client takes, best first.</summary>
internal readonly record struct Accepted(Accepted.Form First, bool Stream, bool Single)
{
    public enum Form { None, GraphQL, Json, EventStream }

    public const string GraphQLType = "application/graphql-response+json; charset=utf-8";
    public const string JsonType = "application/json; charset=utf-8";

    private static readonly Accepted Anything = new(Form.GraphQL, Stream: true, Single: true) { IsAnything = true };
    private static readonly Accepted AnythingAsJson = new(Form.Json, Stream: true, Single: true) { IsAnything = true };

    public bool IsNone => First == Form.None;

    /// <summary>The client did not say what it wants.</summary>
    public bool IsAnything { get; private init; }

    /// <summary>How a single answer is written.</summary>
    public Form SingleForm { get; private init; } = First;

    /// <param name="jsonByDefault">For a client that does not say.</param>
    public static Accepted Parse(string? header, bool jsonByDefault)
    {
        if (string.IsNullOrWhiteSpace(header) || header == "*/*")
        {
            return jsonByDefault ? AnythingAsJson : Anything;
        }

        var (best, bestQuality) = (Form.None, 0.0);
        var (single, singleQuality) = (Form.None, 0.0);
        var (stream, excluded) = (false, Excluded(header));
        foreach (var range in header.AsSpan().Split(','))
        {
            var (form, quality, isAny) = One(header.AsSpan(range).Trim());
            form = form == Form.GraphQL && excluded.Contains(form) ? Form.Json : form;
            if (form == Form.None || quality <= 0 || excluded.Contains(form))
            {
                continue;
            }

            stream |= form == Form.EventStream || (isAny && !excluded.Contains(Form.EventStream));
            if (quality > bestQuality)
            {
                (best, bestQuality) = (form, quality);
            }

            if (form != Form.EventStream && quality > singleQuality)
            {
                (single, singleQuality) = (form, quality);
            }
        }

        return new(best, stream, single != Form.None) { SingleForm = single };
    }

    /// <summary>What <c>q=0</c> takes out of whatever a wildcard allows.</summary>
    private static List<Form> Excluded(string header)
    {
        List<Form> excluded = [];
        foreach (var range in header.AsSpan().Split(','))
        {
            var (form, quality, isAny) = One(header.AsSpan(range).Trim());
            if (quality <= 0 && !isAny)
            {
                excluded.Add(form);
            }
        }

        return excluded;
    }

    private static (Form Form, double Quality, bool IsAny) One(ReadOnlySpan<char> range)
    {
        var quality = 1.0;
        var end = range.IndexOf(';');
        var name = (end < 0 ? range : range[..end]).Trim();
        if (end >= 0)
        {
            var at = range.IndexOf("q=", StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                var digits = range[(at + 2)..];
                var stop = digits.IndexOf(';');
                _ = double.TryParse(stop < 0 ? digits : digits[..stop], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality);
            }
        }

        return name switch
        {
            _ when name.Equals("application/graphql-response+json", StringComparison.OrdinalIgnoreCase) => (Form.GraphQL, quality, false),
            _ when name.Equals("application/json", StringComparison.OrdinalIgnoreCase) => (Form.Json, quality, false),
            _ when name.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase) => (Form.EventStream, quality, false),
            "*/*" => (Form.GraphQL, quality, true),
            "application/*" => (Form.GraphQL, quality, false),
            "text/*" => (Form.EventStream, quality, false),
            _ => default,
        };
    }
}
