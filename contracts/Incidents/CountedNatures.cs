namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>Natures in figures (I6) that are none of a policy's.</summary>
public static class CountedNatures
{
    /// <summary>Reported, and not triaged yet: for those who lead the school alone. Whoever sees no small numbers would count incidents by watching this one come and go.</summary>
    public const string Untriaged = "untriaged";

    /// <summary>Triaged, and none of the policy's.</summary>
    public const string None = "none";
}
