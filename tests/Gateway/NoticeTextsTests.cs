using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Silo.Notifications;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>J8: a mail says what kind of thing it is, and who should look.</summary>
public sealed class NoticeTextsTests
{
    [Fact]
    public void Half_of_the_mails_said_only_that_something_needs_attention() =>
        Assert.Equal(Enum.GetValues<NoticeKind>(), NoticeTexts.Kinds.Order());
}
