using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>5.2: operation names, the lone anonymous operation, operations the schema has.</summary>
internal static class OperationRules
{
    public static void Check(ValidationContext context)
    {
        var operations = context.Document.Operations;
        var names = new Dictionary<string, NameNode>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            if (operation.Name is null && operations.Length > 1)
            {
                context.Report("This anonymous operation must be the only defined operation.", operation);
            }

            if (operation.Name is { } name && !names.TryAdd(name.Value, name))
            {
                context.Report($"There can be only one operation named \"{name.Value}\".", names[name.Value], name);
            }

            if (TypeRelations.RootOf(context.Schema, operation.Kind) is null)
            {
                context.Report($"The {KeywordOf(operation.Kind)} operation is not supported by the schema.", operation);
            }
        }
    }

    private static string KeywordOf(OperationKind kind) => kind switch
    {
        OperationKind.Query => "query",
        OperationKind.Mutation => "mutation",
        _ => "subscription",
    };
}
