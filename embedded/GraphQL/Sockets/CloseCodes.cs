namespace OnlineSafetyTrust.Embedded.GraphQL.Sockets;

/// <summary>Why a socket is closed, as <c>graphql-transport-ws</c> numbers it.</summary>
internal static class CloseCodes
{
    public const int GoingAway = 1001;
    public const int TooBig = 1009;
    public const int InternalError = 4500;
    public const int BadMessage = 4400;
    public const int Unauthorized = 4401;
    public const int SubprotocolNotAcceptable = 4406;
    public const int InitializationTimeout = 4408;
    public const int SubscriberExists = 4409;
    public const int TooManyInitializations = 4429;
}
