namespace OnlineSafetyTrust.Contracts.Notifications;

/// <summary>
/// A message to a person (J8): what kind, who should look, a link. Never a name, a place or anything of the matter: mails have been
/// shown on classroom boards.
/// </summary>
/// <param name="Path">Where to look, such as <c>/incidents/{uuid}</c>: ids only.</param>
/// <param name="Proof">Where to report that it was sent, or null when nobody waits for the proof.</param>
/// <param name="NoticeId">Name of the notification within the stream that sends it.</param>
[GenerateSerializer, Immutable, Alias("Notice")]
public sealed record Notice(NoticeKind Kind, string Path, StreamKey? Proof, string? NoticeId)
{
    /// <summary>Message kind of a notice to a person.</summary>
    public const string Message = "notice";

    /// <summary>Message kind back to the stream that asked for proof.</summary>
    public const string SentMessage = "notice.sent";

    public const string FailedMessage = "notice.failed";
}

/// <param name="SentAt">When the mail server took it.</param>
[GenerateSerializer, Immutable, Alias("NoticeSent")]
public sealed record NoticeSent(string NoticeId, PersonId To, DateTimeOffset SentAt);

/// <summary>It could not be delivered for good; the stream escalates.</summary>
[GenerateSerializer, Immutable, Alias("NoticeFailed")]
public sealed record NoticeFailed(string NoticeId, PersonId To, DateTimeOffset At);
