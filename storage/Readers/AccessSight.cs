using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>Access decisions (D5) come from the pupil itself; who gets which part of the answer stands here beside the other readers.</summary>
public static class AccessSight
{
    public static bool MayAsk(Reader who) => Sight.IsStaff(who);

    /// <summary>Staff, filters and device management get decision and until-when only.</summary>
    public static bool MaySeeReasons(Reader who) => Sight.Reasons(who);
}
