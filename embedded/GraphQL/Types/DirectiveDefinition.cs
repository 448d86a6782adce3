namespace OnlineSafetyTrust.Embedded.GraphQL.Types;

[Flags]
internal enum DirectiveLocations
{
    None = 0,
    Query = 1 << 0,
    Mutation = 1 << 1,
    Subscription = 1 << 2,
    Field = 1 << 3,
    FragmentDefinition = 1 << 4,
    FragmentSpread = 1 << 5,
    InlineFragment = 1 << 6,
    VariableDefinition = 1 << 7,
    Schema = 1 << 8,
    Scalar = 1 << 9,
    Object = 1 << 10,
    FieldDefinition = 1 << 11,
    ArgumentDefinition = 1 << 12,
    Interface = 1 << 13,
    Union = 1 << 14,
    Enum = 1 << 15,
    EnumValue = 1 << 16,
    InputObject = 1 << 17,
    InputFieldDefinition = 1 << 18,
}

internal sealed class DirectiveDefinition(string name, DirectiveLocations locations, bool isRepeatable, IReadOnlyList<InputValueDefinition> arguments)
{
    public string Name { get; } = name;

    public string? Description { get; set; }

    public DirectiveLocations Locations { get; } = locations;

    public bool IsRepeatable { get; } = isRepeatable;

    /// <summary>Belongs to the language: not printed.</summary>
    public bool IsBuiltIn { get; set; }

    public IReadOnlyList<InputValueDefinition> Arguments { get; } = arguments;

    public InputValueDefinition? FindArgument(string name) => Arguments.FirstOrDefault(a => a.Name == name);
}
