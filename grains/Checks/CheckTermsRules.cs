using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>What the terms of a schedule must say, and when two say the same.</summary>
internal static class CheckTermsRules
{
    /// <param name="reviewBefore">A date that was accepted earlier may stay although it is over.</param>
    /// <param name="hasStrategy">Agreed or in draft: checks that belong to none would go on for ever.</param>
    public static IEnumerable<DomainError> Problems(CheckTerms terms, OffSiteProvider? provider, DateOnly today, DateOnly? reviewBefore, bool hasStrategy)
    {
        if (terms.By < CheckTimes.EarliestBy || terms.By > CheckTimes.LatestBy)
        {
            yield return CheckErrors.ByWrong;
        }

        if (terms.LookFor.Count == 0)
        {
            yield return CheckErrors.LookForMissing;
        }

        if (terms.Checker == CheckerKind.OffSiteProvider && (terms.ProviderName is null || terms.ProviderContact is null))
        {
            yield return CheckErrors.ProviderMissing;
        }

        if (terms.Checker != CheckerKind.OffSiteProvider && provider is not null)
        {
            yield return CheckErrors.ProviderNotNeeded;
        }

        if (terms.ReviewOn is null && !terms.WithStrategy)
        {
            yield return CheckErrors.ReviewMissing;
        }

        if (terms.WithStrategy && !hasStrategy)
        {
            yield return CheckErrors.StrategyMissing;
        }

        if (terms.ReviewOn is { } on && on != reviewBefore && (on <= today || on <= terms.From))
        {
            yield return CheckErrors.ReviewTooEarly("reviewOn");
        }
    }

    public static bool Same(CheckTerms a, CheckTerms b, Func<Personal<string>?, string?> open) =>
        a.LookFor.SequenceEqual(b.LookFor) && open(a.LookForNote) == open(b.LookForNote) && open(a.ProviderName) == open(b.ProviderName) && open(a.ProviderContact) == open(b.ProviderContact)
        && Plain(a) == Plain(b);

    private static CheckTerms Plain(CheckTerms terms) =>
        terms with { LookFor = ImmutableList<CheckItem>.Empty, LookForNote = null, ProviderName = null, ProviderContact = null };
}
