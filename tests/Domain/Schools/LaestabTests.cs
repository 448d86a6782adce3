using System.Text;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Domain.Tests.Schools;

public class LaestabTests
{
    [Theory]
    [InlineData("885/0042")]
    [InlineData(null)]
    public void A_school_is_established_with_it_or_without(string? laestab)
    {
        var established = Assert.IsType<SchoolEstablished>(Assert.Single(Establish(laestab).Value!));
        Assert.Equal(laestab, established.Laestab);
        var state = SchoolState.Empty.Apply(established, new EventMeta(1, DateTimeOffset.UnixEpoch, Actor.System));
        Assert.Equal(laestab, SchoolModel.View(SchoolKey.Of(TenantId.School(Guid.Empty)), state).Laestab);
    }

    [Theory]
    [InlineData("8850042")]
    [InlineData("885/42")]
    [InlineData("885/0042/1")]
    [InlineData("88A/0042")]
    [InlineData("")]
    public void What_is_none_is_refused_and_named(string laestab) =>
        Assert.Equal("laestab", Assert.Single(Assert.Single(Establish(laestab).Errors).Fields));

    [Fact]
    public void A_school_that_was_stored_before_it_was_kept_still_reads()
    {
        const string Stored = """{"trust":"t/00000000-0000-0000-0000-000000000000","urn":"100001","name":"A School","phase":"Primary","nation":"England","yearGroups":["R"],"localAuthority":"885","safeguardingPhone":null,"outOfHoursPhone":null}""";
        var read = StoredJson.Read<SchoolEstablished>(Encoding.UTF8.GetBytes(Stored));
        Assert.Equal(("100001", "885", null), (read.Urn, read.LocalAuthority, read.Laestab));
    }

    private static Result<Events> Establish(string? laestab) => SchoolDecider.Establish(
        SchoolState.Empty, new EstablishSchool(TenantId.Trust(Guid.Empty), "100001", "A School", Phase.Primary, Nation.England, ["R"], "885", null, null, laestab),
        new CommandContext(TenantId.School(Guid.Empty), Actor.System, "roster", Guid.NewGuid(), Guid.NewGuid(), DateTimeOffset.UnixEpoch));
}
