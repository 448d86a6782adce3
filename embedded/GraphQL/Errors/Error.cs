using System.Collections.Immutable;

namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public readonly record struct Location(int Line, int Column);

/// <summary>One entry of <c>errors</c>. Immutable.</summary>
public interface IError
{
    string Message { get; }

    string? Code { get; }

    Path? Path { get; }

    IReadOnlyList<Location>? Locations { get; }

    IReadOnlyDictionary<string, object?>? Extensions { get; }

    /// <summary>Never written to the response.</summary>
    Exception? Exception { get; }

    IError WithMessage(string message);

    IError WithCode(string? code);

    IError WithPath(Path? path);

    IError WithLocations(IReadOnlyList<Location>? locations);

    IError WithExtensions(IReadOnlyDictionary<string, object?> extensions);

    IError WithException(Exception? exception);

    IError RemoveException();

    IError SetExtension(string key, object? value);

    IError RemoveExtension(string key);

    IError RemoveExtensions();
}

internal sealed record Error(string Message) : IError
{
    // HC keeps the code both as a property and among the extensions; here the writer joins them.
    public string? Code { get; init; }

    public Path? Path { get; init; }

    public IReadOnlyList<Location>? Locations { get; init; }

    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    public Exception? Exception { get; init; }

    public IError WithMessage(string message) => this with { Message = message };

    public IError WithCode(string? code) => this with { Code = code };

    public IError WithPath(Path? path) => this with { Path = path };

    public IError WithLocations(IReadOnlyList<Location>? locations) => this with { Locations = locations };

    public IError WithExtensions(IReadOnlyDictionary<string, object?> extensions) => this with { Extensions = extensions };

    public IError WithException(Exception? exception) => this with { Exception = exception };

    public IError RemoveException() => this with { Exception = null };

    public IError SetExtension(string key, object? value) =>
        this with { Extensions = (Extensions?.ToImmutableDictionary() ?? ImmutableDictionary<string, object?>.Empty).SetItem(key, value) };

    public IError RemoveExtension(string key) =>
        this with { Extensions = Extensions?.ToImmutableDictionary().Remove(key) };

    public IError RemoveExtensions() => this with { Extensions = null };
}

/// <summary>Sees every error before it is written; what it returns is written.</summary>
public interface IErrorFilter
{
    IError OnError(IError error);
}
