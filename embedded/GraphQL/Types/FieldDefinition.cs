using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL.Types;

internal sealed class FieldDefinition(string name, GraphQLType type)
{
    private readonly List<InputValueDefinition> _arguments = [];

    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    public GraphQLType Type { get; } = type;

    public FieldsType DeclaringType { get; set; } = null!;

    public string? Description { get; set; }

    public string? DeprecationReason { get; set; }

    public IReadOnlyList<InputValueDefinition> Arguments => _arguments;

    public List<AppliedDirective> Directives { get; } = [];

    /// <summary>How the value is obtained; null on interfaces, which are never executed themselves.</summary>
    public FieldSource? Source { get; set; }

    public bool IsIntrospection => Name.StartsWith("__", StringComparison.Ordinal);

    public InputValueDefinition? FindArgument(string name)
    {
        foreach (var argument in _arguments)
        {
            if (argument.Name == name)
            {
                return argument;
            }
        }

        return null;
    }

    public void AddArgument(InputValueDefinition argument)
    {
        argument.Index = _arguments.Count;
        _arguments.Add(argument);
    }

    public override string ToString() => $"{DeclaringType?.Name}.{Name}";
}

/// <summary>Where a field's value comes from; the execution knows the kinds.</summary>
internal abstract class FieldSource;
