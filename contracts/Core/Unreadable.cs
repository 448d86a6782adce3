using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Contracts;

/// <summary>
/// A personal value whose key is missing from the key store and was not destroyed: stored whole, and not to be read until the key store is
/// restored. Never shown as if it were erased.
/// </summary>
public static class Unreadable
{
    /// <summary>Stands where the text would, in lists and on pages.</summary>
    public const string Text = "[Cannot be read: its key is missing]";

    public static readonly DomainError Error = DomainError.Refused(
        "RECORD_UNREADABLE",
        "Part of this record cannot be read: its key is missing from the key store. The record is not gone; it can be read again once the key store is restored from its backup. "
        + "Waiting or trying again does not help: tell whoever looks after the platform.");

    private static readonly DateOnly Day = DateOnly.MinValue;

    // No contact until somebody can read what a court said.
    private static readonly PupilContact Contact = new(Guid.Empty, Text, Text, ParentalResponsibility: false, Text, NoContact: true, Text, Text);

    /// <summary>What stands in the place of a value of this type.</summary>
    public static object Of(Type type) =>
        type == typeof(string) ? Text
        : type == typeof(DateOnly?) ? Day
        : type == typeof(IReadOnlyList<string>) ? new[] { Text }
        : type == typeof(IReadOnlyList<PupilIdentifier>) ? new[] { new PupilIdentifier(Text, Text) }
        : type == typeof(IReadOnlyList<PupilContact>) ? new[] { Contact }
        : throw new NotSupportedException($"Nothing stands for a {type} that cannot be read.");

    public static bool Is(object? value) => value switch
    {
        string text => text == Text,
        DateOnly day => day == Day,
        IEnumerable<string> texts => texts.Contains(Text),
        _ => false,
    };
}

/// <summary>Something needs a value that is <see cref="Unreadable"/>. Nothing was stored.</summary>
[GenerateSerializer, Alias("RecordUnreadableException")]
public sealed class RecordUnreadableException() : Exception(Unreadable.Error.Message);
