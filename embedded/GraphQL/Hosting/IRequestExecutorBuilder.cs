using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.Embedded.GraphQL;

public interface IRequestExecutorBuilder
{
    /// <summary>The schema's name.</summary>
    string Name { get; }

    IServiceCollection Services { get; }
}
