using Npgsql;

namespace OnlineSafetyTrust.Storage.Postgres;

internal static class ConnectionText
{
    /// <param name="name">In the section <c>Store</c>.</param>
    /// <exception cref="StoreException">It is missing or cannot be read; what it holds is not repeated: a password stands in it.</exception>
    public static string Needed(string? value, string name)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new StoreException(StoreProblem.Misconfigured, $"PostgreSQL needs the setting Store:{name} (Store__{name}): docs/configuration.md shows an example.", true);
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(value).ConnectionString;
        }
        catch (ArgumentException)
        {
            throw new StoreException(
                StoreProblem.Misconfigured, $"Store:{name} (Store__{name}) cannot be read: write Host=…;Database=…;Username=…;Password=…, a value that holds ; or = in quotes.", true);
        }
    }
}
