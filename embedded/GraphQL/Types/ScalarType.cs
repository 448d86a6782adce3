namespace OnlineSafetyTrust.Embedded.GraphQL.Types;

internal enum ScalarInputKind { Int, Float, String, Boolean, Enum, List, Object }

/// <summary>
/// A literal or JSON value on its way into a scalar. Text is the decoded string, the digits as written,
/// <c>true</c>/<c>false</c> or the enum name; lists and objects have none. Null never comes here.
/// </summary>
internal readonly record struct ScalarInput(ScalarInputKind Kind, string Text);

/// <summary>A scalar. Literals (validation, compile) and variables take the same hook.</summary>
internal sealed class ScalarType(string name, ScalarCoercion coerce) : NamedType(name)
{
    public string? SpecifiedBy { get; set; }

    /// <summary>False when the value is not one of this scalar.</summary>
    public bool TryCoerce(in ScalarInput input, out object? value) => coerce(input, out value);
}

internal delegate bool ScalarCoercion(in ScalarInput input, out object? value);
