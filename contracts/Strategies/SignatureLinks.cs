using System.Buffers.Text;
using System.Security.Cryptography;

namespace OnlineSafetyTrust.Contracts.Strategies;

/// <summary>Makes the link by which a party answers a draft without an account (D4). Another one for the same contact or agency takes its place. The school sends it its own way.</summary>
/// <param name="Party">Somebody with parental responsibility or an agency.</param>
/// <param name="Contact">Which of the pupil's contacts gets it, where the party names none: it opens only as long as they may decide for the pupil.</param>
[GenerateSerializer, Immutable, Alias("MakeSignatureLink")]
public sealed record MakeSignatureLink(StrategyParty Party, Guid? Contact = null);

/// <summary>The party's links end; what was answered by one stays.</summary>
/// <param name="Contact">Whose link alone; null: all of the party.</param>
[GenerateSerializer, Immutable, Alias("WithdrawSignatureLink")]
public sealed record WithdrawSignatureLink(StrategyParty Party, Guid? Contact = null);

/// <summary>
/// Whether an answer by link was theirs: the pupil knows the date of birth, too. Until somebody has asked them it puts nothing in force. What was not theirs counts no more,
/// of a strategy in force as well, and stays on the record.
/// </summary>
/// <param name="Answered">When the answer came: another one since is another answer (ANSWER_CHANGED).</param>
/// <param name="Findings">Who was asked, how, and what they said.</param>
[GenerateSerializer, Immutable, Alias("VerifySignature")]
public sealed record VerifySignature(StrategyParty Party, DateTimeOffset Answered, bool Theirs, string Findings);

/// <summary>Whoever holds a link shows that they know the child.</summary>
/// <param name="Secret">Of the link.</param>
/// <param name="Born">The pupil's date of birth.</param>
[GenerateSerializer, Immutable, Alias("OpenSignatureLink")]
public sealed record OpenSignatureLink(string Secret, DateOnly Born);

/// <summary>The answer of whoever holds a link: agreed or refused.</summary>
/// <param name="SignedBy">Name of who answers.</param>
/// <param name="View">A refusal's grounds, or anything else they say.</param>
[GenerateSerializer, Immutable, Alias("AnswerSignatureLink")]
public sealed record AnswerSignatureLink(string Secret, DateOnly Born, StrategyAnswer Answer, string SignedBy, string? View);

/// <param name="Secret">Null: its key is lost.</param>
[GenerateSerializer, Immutable, Alias("SignatureLinkReply")]
public sealed record SignatureLinkReply(StrategyView Strategy, string? Secret, DateTimeOffset Until);

/// <summary>A link that has not been used, for those who decide. What it opens with is told once, to whoever made it.</summary>
/// <param name="Contact">Who has it, of the pupil's contacts; null: an agency.</param>
/// <param name="Failures">Wrong dates of birth; after five it opens no more.</param>
[GenerateSerializer, Immutable, Alias("SignatureLinkView")]
public sealed record SignatureLinkView(StrategyParty Party, Guid? Contact, DateTimeOffset MadeAt, Actor MadeBy, DateTimeOffset Until, int Failures = 0)
{
    public const int Tries = 5;

    /// <summary>It opens for whoever knows the date of birth.</summary>
    public bool Opens(DateTimeOffset now) => now < Until && Failures < Tries;
}

/// <summary>What whoever holds a link reads: what they are asked to agree to, in the words of the draft. Neither the pupil's name nor who else is asked.</summary>
/// <param name="AnswerBy">Afterwards the head may decide without them; null: it is with the head.</param>
/// <param name="Contact">Who has the link, for the read audit.</param>
[GenerateSerializer, Immutable, Alias("LinkedStrategyView")]
public sealed record LinkedStrategyView(StrategyTermsView Terms, StrategyTermsView Interim, DateOnly ReviewOn, DateTimeOffset Until, DateTimeOffset? AnswerBy, Guid? Contact);

/// <summary>What a link's address carries: school, pupil and secret as one word of base64url.</summary>
public sealed record SignatureLinkKey(TenantId School, PupilId Pupil, string Secret)
{
    private const int IdBytes = 16;
    private const int SecretBytes = 32;

    /// <summary>256 random bits.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Below the product's public address.</summary>
    public string Path() => $"/console/sign?key={this}";

    public override string ToString() => Base64Url.EncodeToString([.. School.Value.ToByteArray(), .. Pupil.Value.ToByteArray(), .. Base64Url.DecodeFromChars(Secret)]);

    /// <summary>Null: this is no link's.</summary>
    public static SignatureLinkKey? Parse(string? text)
    {
        Span<byte> bytes = stackalloc byte[(2 * IdBytes) + SecretBytes];
        return text is not null && Base64Url.IsValid(text, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(text, bytes, out _)
            ? new(TenantId.School(new Guid(bytes[..IdBytes])), new PupilId(new Guid(bytes[IdBytes..(2 * IdBytes)])), Base64Url.EncodeToString(bytes[(2 * IdBytes)..]))
            : null;
    }
}
