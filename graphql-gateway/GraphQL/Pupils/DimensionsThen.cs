using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Gateway.GraphQL.Pupils;

/// <summary>What counts keep when names are gone.</summary>
[GraphQLName("PupilDimensions")]
public sealed class DimensionsThen(PupilDimensions dimensions)
{
    /// <summary>N1 N2 R 1..14.</summary>
    public string YearGroup => dimensions.YearGroup;

    /// <summary>Phase of schooling.</summary>
    public Phase Phase => dimensions.Phase;

    /// <summary>Special educational needs.</summary>
    [Personal]
    public bool Sen => dimensions.Sen;
}
