using System.Collections.Immutable;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>A literal or a variable, as written; nothing is converted before its type is known.</summary>
internal abstract class ValueNode(int offset) : SyntaxNode(offset);

internal sealed class VariableNode(int offset, string name) : ValueNode(offset)
{
    /// <summary>Without the dollar sign.</summary>
    public string Name { get; } = name;
}

/// <param name="offset">Byte offset.</param>
/// <param name="text">The digits as written, of any length.</param>
internal sealed class IntValueNode(int offset, string text) : ValueNode(offset)
{
    public string Text { get; } = text;
}

/// <param name="offset">Byte offset.</param>
/// <param name="text">The number as written.</param>
internal sealed class FloatValueNode(int offset, string text) : ValueNode(offset)
{
    public string Text { get; } = text;
}

/// <param name="offset">Byte offset of the opening quote.</param>
/// <param name="value">After escapes, and after indentation is removed from a block string.</param>
/// <param name="isBlock">Written with three quotes.</param>
internal sealed class StringValueNode(int offset, string value, bool isBlock) : ValueNode(offset)
{
    public string Value { get; } = value;

    public bool IsBlock { get; } = isBlock;
}

internal sealed class BooleanValueNode(int offset, bool value) : ValueNode(offset)
{
    public bool Value { get; } = value;
}

internal sealed class NullValueNode(int offset) : ValueNode(offset);

internal sealed class EnumValueNode(int offset, string name) : ValueNode(offset)
{
    public string Name { get; } = name;
}

internal sealed class ListValueNode(int offset, ImmutableArray<ValueNode> items) : ValueNode(offset)
{
    public ImmutableArray<ValueNode> Items { get; } = items;
}

internal sealed class ObjectValueNode(int offset, ImmutableArray<ObjectFieldNode> fields) : ValueNode(offset)
{
    /// <summary>In the order written; the parser does not refuse a name given twice, validation does.</summary>
    public ImmutableArray<ObjectFieldNode> Fields { get; } = fields;
}

internal sealed class ObjectFieldNode(int offset, string name, ValueNode value) : SyntaxNode(offset)
{
    public string Name { get; } = name;

    public ValueNode Value { get; } = value;
}
