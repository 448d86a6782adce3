using System.Collections.Frozen;
using OnlineSafetyTrust.Contracts.Devices;
using static OnlineSafetyTrust.Contracts.Devices.CustodyState;
using static OnlineSafetyTrust.Contracts.Devices.CustodyStep;

namespace OnlineSafetyTrust.Grains.Devices;

/// <summary>Every allowed step of custody (D2); what is not here is refused.</summary>
internal static class CustodyTable
{
    private static readonly FrozenDictionary<(CustodyState, CustodyStep), CustodyState> Allowed = new Dictionary<(CustodyState, CustodyStep), CustodyState>
    {
        [(WithPupil, Confiscate)] = Confiscated,
        [(WithPupil, Remove)] = Removed,
        [(WithPupil, Seal)] = SealedAsEvidence,

        [(Returned, Confiscate)] = Confiscated,
        [(Returned, Remove)] = Removed,
        [(Returned, Seal)] = SealedAsEvidence,

        // It may be back in school without anybody having recorded that.
        [(ReturnedToParent, Confiscate)] = Confiscated,
        [(ReturnedToParent, Remove)] = Removed,
        [(ReturnedToParent, Seal)] = SealedAsEvidence,

        [(Confiscated, Remove)] = Removed,
        [(Confiscated, Seal)] = SealedAsEvidence,
        [(Confiscated, HandToStaff)] = Confiscated,
        [(Confiscated, HandToPolice)] = WithPolice,
        [(Confiscated, ReturnToHolder)] = Returned,
        [(Confiscated, ReturnToParent)] = ReturnedToParent,
        [(Confiscated, Examine)] = Confiscated,
        [(Confiscated, DeleteMaterial)] = Confiscated,

        [(Removed, Seal)] = SealedAsEvidence,
        [(Removed, HandToStaff)] = Removed,
        [(Removed, HandToPolice)] = WithPolice,
        [(Removed, ReturnToHolder)] = Returned,
        [(Removed, ReturnToParent)] = ReturnedToParent,
        [(Removed, Examine)] = Removed,
        [(Removed, DeleteMaterial)] = Removed,

        [(SealedAsEvidence, HandToStaff)] = SealedAsEvidence,
        [(SealedAsEvidence, HandToPolice)] = WithPolice,
        [(SealedAsEvidence, ReturnToHolder)] = Returned,
        [(SealedAsEvidence, ReturnToParent)] = ReturnedToParent,

        // Back from the police; or the police returned it themselves.
        [(WithPolice, HandToStaff)] = Confiscated,
        [(WithPolice, ReturnToHolder)] = Returned,
        [(WithPolice, ReturnToParent)] = ReturnedToParent,
    }.ToFrozenDictionary();

    public static CustodyState? Next(CustodyState state, CustodyStep step) => Allowed.TryGetValue((state, step), out var next) ? next : null;

    /// <summary>What may be done with a device that may hold illegal material (C4): everything that brings it into safe hands as it is.</summary>
    public static bool AllowedWhileFrozen(CustodyState state, CustodyStep step) =>
        step is Confiscate or Remove or Seal or HandToPolice || (step == HandToStaff && state == SealedAsEvidence);
}
