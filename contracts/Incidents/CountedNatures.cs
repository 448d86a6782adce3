using System.Collections.Frozen;

namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>Natures in figures (I6) that are none of a policy's.</summary>
public static class CountedNatures
{
    /// <summary>Reported, and not triaged yet: for those who lead the school alone. Whoever sees no small numbers would count incidents by watching this one come and go.</summary>
    public const string Untriaged = "untriaged";

    /// <summary>Triaged, and none of the policy's.</summary>
    public const string None = "none";
}

/// <summary>Events of an incident that may move its figures (I6).</summary>
public static class CountedEvents
{
    /// <summary>Stored names.</summary>
    public static readonly FrozenSet<string> Names = FrozenSet.Create(
        "incident.reported.v1", "incident.triaged.v1", "incident.handed-to-dsl.v1", "incident.pupil-part-corrected.v1", "incident.pupil-added.v1", "incident.pupil-withdrawn.v1");
}
