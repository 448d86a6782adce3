using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>The errors of one request. Exceptions become errors without a word of the exception, then the filters see them.</summary>
internal sealed class ErrorReport(IReadOnlyList<IErrorFilter> filters, bool includeDetails, Document? document)
{
    private const string Unexpected = "Unexpected Execution Error";

    // Enough to see what is wrong; a list of ten thousand broken items must not make ten thousand errors.
    private const int Enough = 200;

    public List<IError> Errors { get; } = [];

    public bool IsFull => Errors.Count >= Enough;

    public void Add(Exception exception, PlanField field, List<PathSegment> path)
    {
        switch (exception)
        {
            case GraphQLException known when field.IsMarked:
                foreach (var error in known.Errors)
                {
                    Add(new Error(Unexpected) { Code = error.Code }, field, path);
                }

                break;
            case GraphQLException known:
                foreach (var error in known.Errors)
                {
                    Add(error, field, path);
                }

                break;
            case InputException input:
                Add(FromInput(input), field, path);
                break;
            default:
                Add(new Error(Unexpected) { Exception = field.IsMarked || field.Definition.TakesMarked ? new MarkedFieldException(field.Definition.ToString(), exception) : exception }, field, path);
                break;
        }
    }

    public void Add(IError error, PlanField field, List<PathSegment> path)
    {
        if (error.Path is null)
        {
            var at = Path.Root;
            foreach (var segment in path)
            {
                at = segment.Append(at);
            }

            error = error.WithPath(at);
        }

        if (error.Locations is null && document is not null)
        {
            error = error.WithLocations([Locate(document, field.Node)]);
        }

        Add(error);
    }

    public void Add(IError error)
    {
        if (IsFull)
        {
            if (Errors.Count == Enough)
            {
                Errors.Add(new Error("There were more errors; they are left out."));
            }

            return;
        }

        try
        {
            foreach (var filter in filters)
            {
                error = filter.OnError(error);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A filter that fails must not let through what it was there to hide.
            error = new Error(Unexpected) { Path = error.Path, Locations = error.Locations };
        }

        if (includeDetails && error.Exception is { } exception)
        {
            error = error.SetExtension("message", exception.Message).SetExtension("stackTrace", exception.StackTrace);
        }

        Errors.Add(error);
    }

    public void Add(DocumentError error, string? code) => Add(new Error(error.Message)
    {
        Code = code,
        Locations = error.Locations.IsDefaultOrEmpty ? null : [.. error.Locations.Select(l => new Location(l.Line, l.Column))],
    });

    public static IError FromInput(InputException e)
    {
        IError error = new Error(e.Message) { Code = e.Code };
        foreach (var (key, value) in e.More)
        {
            error = error.SetExtension(key, value);
        }

        if (e.Coordinate is not null)
        {
            error = error.SetExtension("fieldCoordinate", e.Coordinate).SetExtension("fieldType", e.FieldType);
        }

        return error;
    }

    public static Location Locate(Document document, SyntaxNode node)
    {
        var (line, column) = document.LocationOf(node);
        return new(line, column);
    }
}
