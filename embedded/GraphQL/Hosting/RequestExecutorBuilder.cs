using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Building;

namespace OnlineSafetyTrust.Embedded.GraphQL.Hosting;

internal sealed class RequestExecutorBuilder(IServiceCollection services, Registrations registrations) : IRequestExecutorBuilder
{
    public string Name => "_Default";

    public IServiceCollection Services { get; } = services;

    public Registrations Registrations { get; } = registrations;
}
