using System.Collections.Immutable;

namespace OnlineSafetyTrust.Embedded.GraphQL;

public sealed class ErrorBuilder
{
    private Error _error = new("Unexpected error.");
    private ImmutableDictionary<string, object?> _extensions = ImmutableDictionary<string, object?>.Empty;
    private ImmutableArray<Location> _locations = [];

    public static ErrorBuilder New() => new();

    public static ErrorBuilder FromError(IError error) => new()
    {
        _error = new Error(error.Message) { Code = error.Code, Path = error.Path, Exception = error.Exception },
        _extensions = error.Extensions?.ToImmutableDictionary() ?? ImmutableDictionary<string, object?>.Empty,
        _locations = error.Locations?.ToImmutableArray() ?? [],
    };

    public ErrorBuilder SetMessage(string message) => With(_error with { Message = message });

    public ErrorBuilder SetCode(string? code) => With(_error with { Code = code });

    public ErrorBuilder SetPath(Path? path) => With(_error with { Path = path });

    public ErrorBuilder SetException(Exception? exception) => With(_error with { Exception = exception });

    public ErrorBuilder AddLocation(int line, int column)
    {
        _locations = _locations.Add(new Location(line, column));
        return this;
    }

    public ErrorBuilder AddLocation(Location location) => AddLocation(location.Line, location.Column);

    public ErrorBuilder SetExtension(string key, object? value)
    {
        _extensions = _extensions.SetItem(key, value);
        return this;
    }

    public ErrorBuilder RemoveExtension(string key)
    {
        _extensions = _extensions.Remove(key);
        return this;
    }

    public IError Build() => _error with
    {
        Extensions = _extensions.IsEmpty ? null : _extensions,
        Locations = _locations.IsEmpty ? null : _locations,
    };

    private ErrorBuilder With(Error error)
    {
        _error = error;
        return this;
    }
}

/// <summary>Carries errors that the client may read; all other exceptions are masked.</summary>
public class GraphQLException : Exception
{
    public GraphQLException() : this("Unexpected error.") { }

    public GraphQLException(string message) : this(new Error(message)) { }

    public GraphQLException(string message, Exception innerException) : base(message, innerException) => Errors = [new Error(message)];

    public GraphQLException(IError error) : base(error.Message) => Errors = [error];

    public GraphQLException(params IError[] errors) : base(errors.Length > 0 ? errors[0].Message : "Unexpected error.") => Errors = errors;

    public GraphQLException(IEnumerable<IError> errors) : this(errors.ToArray()) { }

    public IReadOnlyList<IError> Errors { get; }
}
