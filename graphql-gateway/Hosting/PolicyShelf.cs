using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Policies;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.StaffConsole;

namespace OnlineSafetyTrust.Gateway.Hosting;

internal sealed class PolicyShelf([FromKeyedServices(ProductClock.Key)] TimeProvider clock) : IPolicyShelf
{
    public IReadOnlyList<PolicyPack> Of(Nation nation) => [.. ShippedPacks.Schools.Where(p => p.Nation == nation).OrderBy(p => p.Title, StringComparer.Ordinal)];

    public Result<CompiledPolicy> Preview(AdoptPolicy command, Nation nation)
    {
        var chosen = ChosenPolicy.Of(command, nation, London.DateOf(clock.GetUtcNow()));
        return chosen.Ok ? chosen.Value.Compiled : Result<CompiledPolicy>.Failed(chosen.Errors);
    }
}
