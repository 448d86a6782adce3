using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.StaffConsole;

/// <summary>The policy packs that come with the product, and what a pack would come to; the host has them.</summary>
public interface IPolicyShelf
{
    /// <summary>Those written for a nation, by title.</summary>
    IReadOnlyList<PolicyPack> Of(Nation nation);

    /// <summary>What the command would put into force, merged with the nation's floor of today; nothing is adopted.</summary>
    Result<CompiledPolicy> Preview(AdoptPolicy command, Nation nation);
}
