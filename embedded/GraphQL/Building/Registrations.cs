using System.Reflection;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>What the calls on <see cref="IRequestExecutorBuilder"/> collected for one schema.</summary>
internal sealed class Registrations
{
    public bool Query { get; set; }

    public bool Mutation { get; set; }

    public bool Subscription { get; set; }

    public bool GlobalIds { get; set; }

    public bool Authorization { get; set; }

    public List<Type> Extensions { get; } = [];

    public List<Type> Types { get; } = [];

    public List<FieldMark> Marks { get; } = [];

    public PagingOptions Paging { get; } = new();

    public RequestExecutorOptions Request { get; } = new();

    public CostOptions Cost { get; } = new();

    public int? MaxDepth { get; set; }

    public bool IntrospectionDisabled { get; set; } = true;

    public bool PersistedOperations { get; set; }
}

/// <summary>Members with the attribute show the directive, and whoever observes marked fields is told when one is answered.</summary>
internal sealed record FieldMark(Type Attribute, string Directive, string Description)
{
    public DirectiveDefinition Definition() =>
        new(Directive, DirectiveLocations.FieldDefinition | DirectiveLocations.InputFieldDefinition, isRepeatable: false, []) { Description = Description };

    public static IEnumerable<AppliedDirective> Of(MemberInfo member, Registrations registrations) =>
        registrations.Marks.Where(m => member.IsDefined(m.Attribute)).Select(m => new AppliedDirective(m.Directive, []));
}
