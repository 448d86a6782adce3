using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.Storage.Readers;

public static class ReaderServices
{
    /// <summary>Adds every reader of this folder. The host adds <see cref="ISchoolDays"/>.</summary>
    public static IServiceCollection AddReaders(this IServiceCollection services)
    {
        services.AddSingleton<PupilDirectory>();
        foreach (var reader in typeof(ReaderServices).Assembly.GetTypes().Where(t => t is { IsPublic: true, IsAbstract: false } && t.Namespace == typeof(ReaderServices).Namespace && t.Name.EndsWith("Reader", StringComparison.Ordinal)))
        {
            services.AddSingleton(reader);
        }

        return services;
    }
}
