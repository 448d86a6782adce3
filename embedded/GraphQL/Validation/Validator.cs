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

        OperationRules.Check(context);
        FragmentRules.Check(context);

        // From here on fragments may be expanded: there are no cycles, and what they expand to is bounded.
        if (context.Index.DependenciesFirst is { } order)
        {
            SizeRules.Check(context, order);
            if (context.HasErrors)
            {
                return context.ToErrors();
            }
        }

        SelectionRules.Check(context);
        VariableRules.Check(context);

        // These compare fields with each other and need every one of them resolved.
        if (!context.HasErrors)
        {
            SubscriptionRules.Check(context);
            MergeRules.Check(context);
        }

        return context.ToErrors();
    }
}
