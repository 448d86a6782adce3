using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>A selection set with inline fragments dissolved: its fields, and the fragments spread in it.</summary>
internal sealed class TypedSelection
{
    public List<TypedField> Fields { get; } = [];

    public List<Definition> Spreads { get; } = [];
}

/// <summary>A field with the type it is selected on, which is the same wherever its fragment is spread.</summary>
internal sealed class TypedField(int id, FieldNode node, NamedType parent, FieldDefinition definition)
{
    public int Id { get; } = id;

    public FieldNode Node { get; } = node;

    public NamedType Parent { get; } = parent;

    public FieldDefinition Definition { get; } = definition;

    public TypedSelection? Below { get; init; }

    /// <summary>Equal for equal arguments; see <see cref="ArgumentIdentity"/>.</summary>
    public int Arguments { get; set; }

    public int Stamp { get; set; }
}
