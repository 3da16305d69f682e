using Ccn.Domain.Lifecycle;

namespace Ccn.Domain.Tests.Lifecycle;

public sealed class CreatorChoicesTests
{
    [Fact]
    public void What_cannot_be_done_has_a_reason_and_what_can_has_none()
    {
        foreach (var stage in Enum.GetValues<DesignStage>())
        {
            Assert.Equal(CreatorChoices.MayChoose(stage), CreatorChoices.WhyNotChoose(stage) is null);
            Assert.Equal(CreatorChoices.MayWithdraw(stage), CreatorChoices.WhyNotWithdraw(stage) is null);
        }
    }

    [Theory]
    [InlineData(DesignStage.OpenToBids, true)]
    [InlineData(DesignStage.Licensing, false)]
    [InlineData(DesignStage.Selling, false)]
    public void A_design_is_taken_back_until_a_bid_is_accepted(DesignStage stage, bool may) => Assert.Equal(may, CreatorChoices.MayWithdraw(stage));
}
