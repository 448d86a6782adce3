using System.Collections.Immutable;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>Section 5 of the specification (September 2025), and limits on what an operation may ask for.</summary>
internal static class Validator
{
    /// <summary>Empty when the document may be executed.</summary>
    public static ImmutableArray<DocumentError> Validate(Document document, Schema schema, ValidationLimits? limits = null)
    {
        var context = new ValidationContext(document, schema, limits ?? ValidationLimits.Default);

        // Every operation is judged with all the fragments it reaches: their number multiplies the work.
        if (!SizeRules.AllowsOperations(context))
        {
            return context.ToErrors();
        }

        OperationRules.Check(context);
        FragmentRules.Check(context);
        if (context.Index.DependenciesFirst is { } order && !SizeRules.Allows(context, order))
        {
            return context.ToErrors();
        }

        SelectionRules.Check(context);
        VariableRules.Check(context);

        // These expand fragments and compare fields: there must be no cycles, and every field must be known.
        if (!context.HasErrors)
        {
            SubscriptionRules.Check(context);
            MergeRules.Check(context);
        }

        return context.ToErrors();
    }
}
