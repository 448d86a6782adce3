using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>What the command line says; configuration and environment say the rest.</summary>
/// <param name="Urls">Where to listen; Development sign-in needs loopback.</param>
/// <param name="DataDirectory">Database, keys and files on SQLite.</param>
/// <param name="Demo">Build the demo trust when the store is empty.</param>
internal sealed record HostSettings(string Urls, string DataDirectory, bool Demo)
{
    /// <summary>Over every other configuration, and there before anything reads it: where the store is, is asked while the host is put together.</summary>
    public IReadOnlyDictionary<string, string?> Configuration { get; init; } = new Dictionary<string, string?>();

    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>For commands without the server: environment and configuration are those of <c>run</c>, wherever the command is given.</summary>
    public static HostApplicationBuilder OperatorBuilder()
    {
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables("ASPNETCORE_");
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory, Configuration = configuration });
        SettingWords.Check(builder.Configuration);
        return builder;
    }

    /// <summary>Configuration section <c>Store</c>, over SQLite in the data directory.</summary>
    public StoreOptions Store(IConfiguration configuration)
    {
        var store = configuration.GetSection("Store");
        return new StoreOptions
        {
            Provider = store.GetValue("Provider", StoreProvider.Sqlite),
            DataDirectory = DataDirectory,
            ConnectionString = store["ConnectionString"],
            ReaderConnectionString = store["ReaderConnectionString"],
            KeyConnectionString = store["KeyConnectionString"],
            MasterKeyFile = store["MasterKeyFile"],
            HeadExportDirectory = store["HeadExportDirectory"],
        };
    }
}
