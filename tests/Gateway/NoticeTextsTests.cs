using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Notifications;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>J8: a mail says what kind of thing it is, and who should look.</summary>
public sealed class NoticeTextsTests
{
    /// <summary>The constants of the models' classes of kinds, <c>{Feature}Notices</c> and the like.</summary>
    private static readonly string[] Sent =
    [
        .. typeof(StreamServices).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: true, IsSealed: true } && (t.Name.EndsWith("Notices", StringComparison.Ordinal) || t.Name.EndsWith("Notice", StringComparison.Ordinal)))
            .SelectMany(t => t.GetFields().Where(f => f.IsLiteral && f.FieldType == typeof(string)))
            .Select(f => (string)f.GetRawConstantValue()!)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Half_of_the_mails_said_only_that_something_needs_attention_and_some_subjects_were_sent_by_nothing()
    {
        Assert.Contains("incident-inform", Sent);
        Assert.Contains("essential-device-decision", Sent);
        Assert.Equal(Sent, NoticeTexts.Kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_nobody_wrote_a_subject_for_is_not_sent_with_any_other() =>
        Assert.Throws<KeyNotFoundException>(() => new NoticeTexts(new SmtpTests.Settings(25)).Compose(Guid.Empty, "teacher@school.example", new Notice("no-such-kind", "/x", null, null)));
}
