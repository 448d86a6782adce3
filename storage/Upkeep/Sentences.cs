using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>A difference in plain words, with the way out. Never a digest or anything personal.</summary>
internal static class Sentences
{
    public static string Of(string tenant, DueDifference due) => $"Deadline {due.What} of {tenant}/{due.Stream} " + due switch
    {
        { Found: null } => "is missing. './dev rebuild' puts it back.",
        { Expected: null } => "follows from no event. './dev rebuild' removes it.",
        _ => $"is at {Microseconds.FromUnix(due.Found.Value):O} and should be at {Microseconds.FromUnix(due.Expected.Value):O}. './dev rebuild' moves it.",
    };

    public static string Of(string tenant, CounterDifference counter) =>
        $"Counter {counter.Counter} of {tenant} on {counter.Day} ({counter.Dimensions}) is {counter.Found} and should be {counter.Expected}. './dev rebuild' counts again.";

    public static string Of(string tenant, LookupDifference lookup) => $"A look-up of {lookup.Kind} that leads to {lookup.Id} in {tenant} " + lookup switch
    {
        { Key: not null, Owner: null } => "would stay when its owner is erased: key_owners does not say whose key seals the number. Restore that table from a backup.",
        { Found: false } => "is missing. './dev rebuild' puts it back.",
        { Key: null } => "follows from no event, or its owner is erased. './dev rebuild' removes it.",
        _ => "would not go with its owner's keys. './dev rebuild' gives it to its owner.",
    };

    public static string Of(string tenant, DamagedSnapshot snapshot) =>
        $"The snapshot of {tenant}/{snapshot.Stream} at version {snapshot.Version} {(snapshot.State == SnapshotState.Unreadable ? "cannot be read" : "is not what its events say")}. './dev rebuild' discards it.";

    public static string OfOutbox(string destination, long messages) =>
        $"Messages to {destination} have no line in the outbox and are never delivered: {messages}. './dev rebuild' puts the line back.";
}
