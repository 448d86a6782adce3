using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Which services are singletons and so need no scope; read from the registrations after the host is built.</summary>
internal sealed class SingletonServices(IServiceCollection registrations)
{
    private readonly Lazy<HashSet<Type>> _singletons = new(() =>
    {
        var byType = registrations.Where(service => !service.IsKeyedService).ToLookup(service => service.ServiceType);
        return [typeof(IServiceScopeFactory), .. byType.Where(services => services.Last().Lifetime == ServiceLifetime.Singleton)
            .Select(services => services.Key)];
    });

    public bool Contains(Type service) =>
        _singletons.Value.Contains(service)
        || (service.IsConstructedGenericType && _singletons.Value.Contains(service.GetGenericTypeDefinition()));
}
