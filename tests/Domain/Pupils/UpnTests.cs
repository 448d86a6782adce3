using OnlineSafetyTrust.Grains.Pupils;

namespace OnlineSafetyTrust.Domain.Tests.Pupils;

public class UpnTests
{
    [Theory]
    [InlineData("B801200005001", true)]
    [InlineData("A801200005001", false)]
    [InlineData("B801200005002", false)]
    [InlineData("B80120000500", false)]
    [InlineData("B8012000050011", false)]
    [InlineData("1801200005001", false)]
    [InlineData("B80120000500I", false)]
    [InlineData("B8012000A5001", false)]
    [InlineData("", false)]
    public void The_check_letter_is_calculated_from_the_digits(string upn, bool valid) => Assert.Equal(valid, Upn.IsValid(upn));

    [Fact]
    public void A_temporary_number_ends_in_a_letter_that_counts_as_its_place()
    {
        // 80120000500 gives 80 with weights 2 to 12; A, B, C at weight 13 add 0, 13, 26: 80, 93 and 106 mod 23 are 11, 1 and 14.
        Assert.True(Upn.IsValid("M80120000500A"));
        Assert.True(Upn.IsValid("B80120000500B"));
        Assert.True(Upn.IsValid("Q80120000500C"));
        Assert.False(Upn.IsValid("B80120000500A"));
    }

    [Fact]
    public void One_letter_in_23_is_right_for_any_digits() =>
        Assert.Single("ABCDEFGHIJKLMNOPQRSTUVWXYZ", letter => Upn.IsValid($"{letter}123456789012"));

    [Fact]
    public void Spaces_and_small_letters_are_normal() => Assert.Equal("B801200005001", Upn.Normal(" b801 2000 05001 "));
}
