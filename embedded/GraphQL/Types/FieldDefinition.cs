using OnlineSafetyTrust.Embedded.GraphQL.Execution;

namespace OnlineSafetyTrust.Embedded.GraphQL.Types;

/// <param name="Argument">The argument that holds the list.</param>
/// <param name="Most">Its greatest length.</param>
internal sealed record ListSize(string Argument, int Most);

internal sealed class FieldDefinition(string name, GraphQLType type)
{
    private readonly List<InputValueDefinition> _arguments = [];

    public string Name { get; } = name;

    public GraphQLType Type { get; } = type;

    public FieldsType DeclaringType { get; set; } = null!;

    public string? Description { get; set; }

    public string? DeprecationReason { get; set; }

    public IReadOnlyList<InputValueDefinition> Arguments => _arguments;

    public List<AppliedDirective> Directives { get; } = [];

    /// <summary>How the value is obtained; null on interfaces, which are never executed themselves.</summary>
    public FieldSource? Source { get; set; }

    /// <summary>Who may see the field, each requirement by its number in <see cref="Schema.Requirements"/>.</summary>
    public int[] Requirements { get; set; } = [];

    /// <summary>Set on connections: page sizes are checked before the resolver is called.</summary>
    public PagingOptions? Paging { get; set; }

    /// <summary>Set where a list given as an argument is as long as the answer.</summary>
    public ListSize? SizedBy { get; init; }

    /// <summary>Carries a mark: <see cref="IMarkedFieldObserver"/> is told of it, and its failures are told without their words.</summary>
    public bool IsMarked { get; set; }

    /// <summary>Some input field of its arguments, however deep, carries a mark: its failures may quote it.</summary>
    public bool TakesMarked => _arguments.Exists(a => a.HoldsMarked([]));

    /// <summary>Set on subscription fields.</summary>
    public EventSource? Events { get; set; }

    /// <summary>The C# member the field came from.</summary>
    public System.Reflection.MemberInfo? Member { get; set; }

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
