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

    /// <summary>What was sent <see cref="StandsIn"/>.</summary>
    public static readonly DomainError Sent = DomainError.Invalid(
        "TEXT_UNREADABLE", $"A text that was sent says “{Text}”, which stands for what cannot be read. Write it without these words. Nothing was stored.");

    private static readonly DateOnly Day = DateOnly.MinValue;

    private static readonly PupilIdentifier Identifier = new(Text, Text);

    // No contact until somebody can read what a court said.
    private static readonly PupilContact Contact = new(Guid.Empty, Text, Text, ParentalResponsibility: false, Text, NoContact: true, Text, Text);

    /// <summary>What stands in the place of a value of this type.</summary>
    public static object Of(Type type) =>
        type == typeof(string) ? Text
        : type == typeof(DateOnly?) ? Day
        : type == typeof(IReadOnlyList<string>) ? new[] { Text }
        : type == typeof(IReadOnlyList<PupilIdentifier>) ? new[] { Identifier }
        : type == typeof(IReadOnlyList<PupilContact>) ? new[] { Contact }
        : throw new NotSupportedException($"Nothing stands for a {type} that cannot be read.");

    public static bool Is(object? value) => value switch
    {
        string text => text == Text,
        DateOnly day => day == Day,
        IEnumerable<string> texts => texts.Contains(Text),
        IEnumerable<PupilIdentifier> identifiers => identifiers.Contains(Identifier),
        IEnumerable<PupilContact> contacts => contacts.Contains(Contact),
        _ => false,
    };

    /// <summary>Somebody sends back what stood for a value, alone or with words of their own.</summary>
    public static bool StandsIn(object? value) => value switch
    {
        string text => text.Contains(Text, StringComparison.Ordinal),
        IEnumerable<string> texts => texts.Any(StandsIn),
        IEnumerable<PupilIdentifier> identifiers => identifiers.Any(i => StandsIn(new[] { i.Kind, i.Value })),
        IEnumerable<PupilContact> contacts => contacts.Any(c => StandsIn(new[] { c.Name, c.Relationship, c.CourtOrder ?? "", c.Phone ?? "", c.Email ?? "" })),
        _ => Is(value),
    };

    /// <summary>What a form is filled with.</summary>
    public static string? ForForm(string? text) => StandsIn(text) ? null : text;
}

/// <summary>A text to be stored <see cref="Unreadable.StandsIn"/>. Nothing was stored.</summary>
public sealed class StandInSentException() : Exception(Unreadable.Sent.Message);

/// <summary>Something needs a value that is <see cref="Unreadable"/>. Nothing was stored.</summary>
[GenerateSerializer, Alias("RecordUnreadableException")]
public sealed class RecordUnreadableException() : Exception(Unreadable.Error.Message);
