namespace OnlineSafetyTrust.Contracts;

/// <summary>Where the product is found from outside.</summary>
public interface IPublicAddress
{
    /// <param name="path">Begins with a slash.</param>
    Uri Of(string path);
}
