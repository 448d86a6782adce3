namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>
/// A service of the request that is asked about what fields with a mark
/// (<see cref="GraphQLServiceCollectionExtensions.AddFieldMark{TAttribute}"/>) are about to answer, and told which did.
/// </summary>
public interface IMarkedFieldObserver
{
    /// <summary>Asked of each value that is not null before it is written: what this throws is the field's error.</summary>
    void Check(object value);

    /// <summary>Told of each field once per operation, before the answer leaves.</summary>
    /// <param name="coordinate">Such as <c>Pupil.name</c>.</param>
    void Answered(string coordinate);
}
