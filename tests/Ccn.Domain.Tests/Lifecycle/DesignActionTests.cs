using Ccn.Domain.Lifecycle;

namespace Ccn.Domain.Tests.Lifecycle;

public sealed class DesignActionTests
{
    [Fact]
    public void What_is_not_possible_says_whether_it_comes_or_has_gone()
    {
        Assert.Equal("the design must be open to bids first", DesignAction.AcceptBid.WhyNotIn(DesignStage.Published));
        Assert.Equal("the design is past open to bids", DesignAction.AcceptBid.WhyNotIn(DesignStage.Selling));
        Assert.Equal("the design must be not selected or open to bids first", DesignAction.Withdraw.WhyNotIn(DesignStage.Won));
        Assert.Equal("the design is past held", DesignAction.Moderate.WhyNotIn(DesignStage.Published));
    }

    [Fact]
    public void Nothing_is_possible_with_a_design_whose_life_is_over() =>
        Assert.All([DesignStage.Ended, DesignStage.Withdrawn, DesignStage.Refused], stage => Assert.All(DesignAction.All, action => Assert.NotNull(action.WhyNotIn(stage))));

    [Theory]
    [InlineData(99_999, 1)]
    [InlineData(100_000, 2)]
    [InlineData(5_000_000, 2)]
    public void Large_payouts_want_two_people(long minor, int people) => Assert.Equal(people, StandardTemplates.OpenChallenge.Payouts.ApproversOf(new(minor, "USD")));

    [Fact]
    public void Without_an_amount_one_person_is_enough_for_every_payout() => Assert.Equal(1, (StandardTemplates.OpenChallenge.Payouts with { TwoApproversFrom = null }).ApproversOf(new(long.MaxValue, "USD")));
}
