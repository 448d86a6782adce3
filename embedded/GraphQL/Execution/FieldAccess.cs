using System.Collections;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>What must hold before and after any resolver, whichever half of the execution calls it.</summary>
internal static class FieldAccess
{
    public static object? Start(OperationContext operation, PlanField field, object source)
    {
        Check(operation, field);
        return field.Source.Start(source, operation.ArgumentsOf(field), operation);
    }

    public static void Check(OperationContext operation, PlanField field)
    {
        if (field.Requirements.Length > 0 && Refusal(operation, field.Requirements) is { } refusal)
        {
            throw refusal;
        }

        if (field.Definition.Paging is { } paging)
        {
            PageBounds.Check(field, paging, operation.ArgumentsOf(field));
        }
    }

    public static GraphQLException? Refusal(OperationContext operation, int[] requirements)
    {
        foreach (var requirement in requirements)
        {
            if (operation.Refusals[requirement] is { } code)
            {
                return new GraphQLException(ErrorBuilder.New()
                    .SetMessage(Authorization.Message).SetCode(code).Build());
            }
        }

        return null;
    }

    public static IEnumerable Items(object value) =>
        value is IEnumerable items and not string ? items : throw new InvalidOperationException($"{value.GetType()} is no list.");

    public static ObjectType TypeOf(OperationContext operation, PlanField field, object value)
    {
        var known = operation.Schema.ByRuntimeType;
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (known.TryGetValue(type, out var found))
            {
                return operation.Schema.IsPossible(field.Definition.Type.Named, found)
                    ? found
                    : throw new InvalidOperationException($"{found.Name} cannot be a {field.Definition.Type.Named.Name}.");
            }
        }

        throw new InvalidOperationException($"{value.GetType()} is no type of the schema; {field.Definition} gave it.");
    }
}
