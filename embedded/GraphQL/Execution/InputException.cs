using System.Collections.Immutable;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>A value that its input type does not take; the path grows from the inside out.</summary>
internal sealed class InputException(string message) : Exception(message)
{
    public ImmutableList<object> InputPath { get; private set; } = [];

    public string? Code { get; init; }

    /// <summary>The input field or argument it was meant for.</summary>
    public string? Coordinate { get; set; }

    public string? FieldType { get; set; }

    /// <summary>Refuses the whole request, wherever the value stands.</summary>
    public bool IsOfRequest { get; init; }

    public ImmutableDictionary<string, object?> More { get; init; } = ImmutableDictionary<string, object?>.Empty;

    public InputException Under(object segment)
    {
        InputPath = InputPath.Insert(0, segment);
        return this;
    }
}
