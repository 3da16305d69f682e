using Ccn.Providers.Alibaba;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Tests.Alibaba;

public sealed class AlibabaRfqHandOffTests
{
    private readonly AlibabaRfqHandOff handOff = new(Options.Create(new AlibabaOptions()));

    [Fact]
    public void The_link_carries_the_request_encoded()
    {
        var link = handOff.LinkFor("rfq_1", "cmp 2", "Mug & saucer", "300 ml; \"blue\" #2\nfood safe", 500);
        Assert.Equal(
            "https://rfq.alibaba.com/post.htm?ref=rfq_1&companyId=cmp%202&subject=Mug%20%26%20saucer&detail=300%20ml%3B%20%22blue%22%20%232%0Afood%20safe&quantity=500&unit=Pieces",
            link.AbsoluteUri);
    }

    [Fact]
    public void A_long_text_is_cut_between_whole_characters()
    {
        var link = handOff.LinkFor("r", null, new string('s', 99) + "😀", "d", 1);
        Assert.Contains($"subject={new string('s', 99)}&", link.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("companyId", link.Query, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quantity_below_one_is_a_mistake() => Assert.Throws<ArgumentOutOfRangeException>(() => handOff.LinkFor("r", null, "s", "d", 0));
}
