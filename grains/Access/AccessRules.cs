using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Access;

/// <summary>Everything that the decision rests on, of one pupil.</summary>
/// <param name="Open">Opens a ban's service, to be shown.</param>
/// <param name="OpenServices">Opens the services of a strategy's terms, to be shown.</param>
/// <param name="LeftOn">Last day on roll; null: on roll.</param>
/// <param name="Other">The device asked about, where the pupil's own state does not know it: shared, somebody else's, or nothing is special about it.</param>
internal sealed record AccessFacts(
    PupilId Pupil, DateOnly? LeftOn, BanState Bans, AccessState Known, Func<Personal<string>?, string?> Open, Func<Personal<IReadOnlyList<string>>?, IReadOnlyList<string>?> OpenServices,
    CustodyNoted? Other = null);

/// <summary>D5. Pure: every reason gives an outcome, the strictest wins, essential devices stay in use.</summary>
internal static class AccessRules
{
    public static AccessReply Decide(AccessFacts facts, AccessUse use, DateTimeOffset now)
    {
        var device = use.Device is { } id ? facts.Known.Devices.GetValueOrDefault(id) ?? facts.Other : null;
        var essential = device is not null && device.Essential != EssentialPurpose.None && !device.Custody.IsHeld();
        var general = General(facts, use, now);
        IEnumerable<AccessReason> reasons = !essential ? general.Select(r => r.Reason)
            : general.Select(r => r.CoversEssential ? r.Reason : Soften(r.Reason, use)).OfType<AccessReason>().Append(Essential(device!));
        AccessReason[] found = [.. reasons.Concat(OfDevice(device)).Concat(OfPolicy(use.Action)).OrderByDescending(r => r.Outcome)];
        return new AccessReply(found.Length == 0 ? AccessOutcome.Allow : found[0].Outcome, NextChange(facts, now), found);
    }

    /// <summary>What concerns the pupil's use at large: bans, removal of all devices, strategy, leaving.</summary>
    private static IEnumerable<(AccessReason Reason, bool CoversEssential)> General(AccessFacts facts, AccessUse use, DateTimeOffset now)
    {
        foreach (var ban in facts.Bans.Open.Where(b => b.InForce(now) && Covers(facts, b, use)))
        {
            yield return (OfBan(ban), ban.EssentialOverride is not null);
        }

        if (facts.Known.Strategy is { Terms: { } terms } strategy)
        {
            foreach (var reason in TermsRules.Apply(facts, strategy.Status, terms, use, now))
            {
                yield return (reason, false);
            }
        }

        // Interim terms of the head or the DSL are a decision for just this time, and for the incidents that they knew of. Anybody else's may be stricter than the removal, never looser.
        var decided = facts.Known.Strategy is { Terms: not null, MayLoosen: true } draft ? draft : null;
        var removed = facts.Known.Devices.Values.Where(d => facts.Known.Awaits(d) && decided?.Settles(d.Incident) != true).MinBy(d => d.Device.Value);
        if (removed is not null)
        {
            yield return (new AccessReason(
                AccessReasonKind.DevicesRemoved, AccessOutcome.Deny, DeviceKey.Stream(removed.Device).Value, "All devices are removed until an access strategy is agreed."), false);
        }
        else if (facts.Known.Asking.Where(r => decided?.Settles(r.Incident) != true).MinBy(r => r.Incident.Value) is { } asked)
        {
            // Whether they are taken already or there are none: the policy's promise is about use.
            yield return (new AccessReason(
                AccessReasonKind.DevicesRemoved, AccessOutcome.Deny, IncidentKey.Stream(asked.Incident).Value, "All devices are to be taken until an access strategy is agreed."), false);
        }

        // On the last day a child still needs what they speak with.
        if (facts.LeftOn is { } left)
        {
            yield return (new AccessReason(AccessReasonKind.Left, AccessOutcome.Deny, null, "The pupil has left the school."), left < London.DateOf(now));
        }
    }

    private static bool Covers(AccessFacts facts, Ban ban, AccessUse use) => ban.Scope switch
    {
        BanScope.IndependentUse or BanScope.AllDevices => true,
        BanScope.Network => use.Reach >= Reach.Network,
        BanScope.Internet => use.Reach >= Reach.Internet,
        // One whose service cannot be read is of every service.
        BanScope.Service => use.Service is not null && facts.Open(ban.Service) is { } service && (Unreadable.Is(service) || use.IsService(service)),
        _ => throw new InvalidOperationException($"No rule for a ban of {ban.Scope}."),
    };

    private static AccessReason OfBan(Ban ban) => ban.Scope == BanScope.IndependentUse
        ? new AccessReason(AccessReasonKind.Ban, AccessOutcome.AllowSupervised, ban.Id.ToString(), "A ban on use alone is in force.")
        : new AccessReason(AccessReasonKind.Ban, AccessOutcome.Deny, ban.Id.ToString(), "A ban is in force.");

    private static IEnumerable<AccessReason> OfDevice(CustodyNoted? device) =>
        device is not null && device.Custody.IsHeld()
            ? [new AccessReason(AccessReasonKind.DeviceTaken, AccessOutcome.Deny, DeviceKey.Stream(device.Device).Value, "This device is in custody.")]
            : [];

    private static AccessReason Essential(CustodyNoted device) =>
        new(AccessReasonKind.EssentialDevice, AccessOutcome.Allow, DeviceKey.Stream(device.Device).Value, "The pupil needs this device; nothing but the head's decision takes it out of use.");

    /// <summary>
    /// An essential device is never denied as such. On the network a ban or strategy still asks for somebody beside the pupil; for a named
    /// service or a use that the policy classes, it counts in full: nobody needs those to speak.
    /// </summary>
    private static AccessReason? Soften(AccessReason reason, AccessUse use) =>
        use.Service is not null || use.Action is not null ? reason
        : use.Reach == Reach.Device ? null
        : reason.Outcome == AccessOutcome.Deny ? reason with { Outcome = AccessOutcome.AllowSupervised }
        : reason;

    private static IEnumerable<AccessReason> OfPolicy(UserAction? action)
    {
        if (action is null)
        {
            yield break;
        }

        // A class that nobody has confirmed does not count yet; the policy has then not said anything.
        var (outcome, text) = action.Unconfirmed ? (AccessOutcome.AllowSupervised, "Nobody has confirmed yet what the policy says of this use.") : action.Use switch
        {
            UseClass.Acceptable => (AccessOutcome.Allow, "The policy allows this use."),
            UseClass.AtCertainTimes => (AccessOutcome.AllowSupervised, "The policy allows this use at certain times: whoever is with the pupil knows whether this is one."),
            UseClass.ForNominatedUsers => (AccessOutcome.Deny, "The policy allows this use to nominated users only, and this pupil is not one."),
            UseClass.Unacceptable => (AccessOutcome.Deny, "The policy does not allow this use."),
            UseClass.UnacceptableAndIllegal => (AccessOutcome.Deny, "This use is unacceptable and illegal."),
            UseClass.NotSaid => (AccessOutcome.AllowSupervised, "The policy does not say whether this use is allowed."),
            _ => throw new InvalidOperationException($"No rule for the class {action.Use}."),
        };
        yield return new AccessReason(AccessReasonKind.Policy, outcome, action.Id, text);
    }

    private static DateTimeOffset? NextChange(AccessFacts facts, DateTimeOffset now)
    {
        var changes = facts.Bans.Open.SelectMany(b => new[] { b.From, b.Until });
        if (facts.Known.Strategy?.Terms?.Times is { } times)
        {
            changes = changes.Concat(TermsRules.Boundaries(times, now));
        }

        if (facts.LeftOn is { } left)
        {
            changes = changes.Append(London.ToInstant(left.AddDays(1), TimeOnly.MinValue));
        }

        return changes.Where(at => at > now).Select(at => (DateTimeOffset?)at).Min();
    }
}
