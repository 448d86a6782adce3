using System.Buffers;
using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace OnlineSafetyTrust.Contracts.People;

/// <summary>What a notice can be sent to, asked wherever an address comes in and again before a mail is sent: one that the mail client cannot send to would be tried for ever.</summary>
public static class EmailAddress
{
    // A display name, a comment or a second address; quoted local parts are nobody's at a school.
    private static readonly SearchValues<char> NotInAddress = SearchValues.Create(" \r\n\t<>(),;\"");

    /// <summary>One bare address; the part before the @ is ASCII, as mail servers want it that do not speak SMTPUTF8.</summary>
    public static bool IsOne(string text) =>
        !text.AsSpan().ContainsAny(NotInAddress)
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && Ascii.IsValid(address.User)
        && IsHost(address.Host);

    private static bool IsHost(string host)
    {
        try
        {
            return Uri.CheckHostName(new IdnMapping().GetAscii(host)) == UriHostNameType.Dns;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
