namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>How a policy classes a use.</summary>
public enum UseClass
{
    /// <summary>Acceptable.</summary>
    Acceptable,

    /// <summary>Acceptable at certain times.</summary>
    AtCertainTimes,

    /// <summary>For nominated users only.</summary>
    ForNominatedUsers,

    /// <summary>Unacceptable.</summary>
    Unacceptable,

    /// <summary>Unacceptable and illegal.</summary>
    UnacceptableAndIllegal,

    /// <summary>The policy does not say.</summary>
    NotSaid,
}

/// <summary>What the policy says of one use of technology.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Title">What staff read.</param>
/// <param name="Use">The policy's class for it.</param>
/// <param name="Statute">The statute it is contrary to, where the document names one.</param>
/// <param name="Unconfirmed">The source could not be read for certain: a person confirms it before it counts.</param>
[GenerateSerializer, Immutable, Alias("UserAction")]
public sealed record UserAction(string Id, string Title, UseClass Use, string? Statute = null, bool Unconfirmed = false);

/// <summary>Hours between which staff may contact pupils, local time.</summary>
/// <param name="From">Earliest.</param>
/// <param name="To">Latest.</param>
/// <param name="Source">Where in the policy it stands.</param>
[GenerateSerializer, Immutable, Alias("ContactHours")]
public sealed record ContactHours(TimeOnly From, TimeOnly To, string? Source = null);
