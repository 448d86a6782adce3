namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>A field that shows or takes something marked failed: where and with what kind of failure, without a word that could hold the value.</summary>
/// <param name="coordinate">Such as <c>Mutation.reportIncident</c>.</param>
/// <param name="failure">Not to be logged.</param>
public sealed class MarkedFieldException(string coordinate, Exception failure) : Exception($"{coordinate} failed with {failure.GetType()}.")
{
    /// <summary>What failed. Its words may be personal: decide by its type.</summary>
    public Exception Failure => failure;

    public override string? StackTrace => failure.StackTrace;
}
