namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>
/// A service of the request that is told, once per operation and before the answer leaves, of each field with a mark
/// (<see cref="GraphQLServiceCollectionExtensions.AddFieldMark{TAttribute}"/>) that was answered with something other than null.
/// </summary>
public interface IMarkedFieldObserver
{
    /// <param name="coordinate">Such as <c>Pupil.name</c>.</param>
    void Answered(string coordinate);
}
