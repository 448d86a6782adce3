namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>Content, contact, conduct, commerce. One source policy names only the first three.</summary>
public enum FourC
{
    /// <summary>What is seen.</summary>
    Content,

    /// <summary>Who makes contact.</summary>
    Contact,

    /// <summary>How one behaves.</summary>
    Conduct,

    /// <summary>What is sold, gambled or swindled.</summary>
    Commerce,
}

/// <summary>How far the pupil understood what they did: judged by the DSL with age and SEND in mind.</summary>
public enum Awareness
{
    /// <summary>Did not know.</summary>
    Unknowing,

    /// <summary>Little understanding of consequence.</summary>
    LimitedUnderstanding,

    /// <summary>Knew.</summary>
    Knowing,

    /// <summary>Could not be judged.</summary>
    Unknown,
}

/// <summary>A path the product guards: it refuses the wrong step and says why.</summary>
public enum GuardedPath
{
    /// <summary>Illegal material.</summary>
    IllegalMaterial,

    /// <summary>Nudes among under-18s.</summary>
    NudesAmongUnder18,
}

/// <summary>One kind of incident that the policy tells apart.</summary>
/// <param name="Id">Stable name in kebab-case; counters and trends use it.</param>
/// <param name="Title">What staff read when they choose it.</param>
/// <param name="FourCs">Which of the 4Cs it usually is; the DSL may say otherwise for a case.</param>
/// <param name="AwarenessApplies">Whether the response depends on what the pupil understood.</param>
/// <param name="Illegal">The illegal path applies.</param>
/// <param name="NudesAmongUnder18">The path for nudes among under-18s applies.</param>
/// <param name="Technical">Goes to the network manager and has no pupil's plan.</param>
/// <param name="Source">Where in the policy it stands.</param>
[GenerateSerializer, Immutable, Alias("Nature")]
public sealed record Nature(
    string Id, string Title, IReadOnlyList<FourC> FourCs, bool AwarenessApplies = false, bool Illegal = false, bool NudesAmongUnder18 = false, bool Technical = false, string? Source = null);
