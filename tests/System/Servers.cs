using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.System.Tests;

internal static class Servers
{
    /// <summary>The server that tests share which do not kill it.</summary>
    public static PostgresServer? Shared(Database database) => database == Database.PostgreSql ? PostgresServer.Shared : null;
}
