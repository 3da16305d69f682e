using Ccn.Domain.Sourcing;

namespace Ccn.Domain.Tests.Sourcing;

public sealed class SignedLinkTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(n => (byte)n)];
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SignedLink Link = new("rfq", "rfq_1", "sup_1", Noon);

    [Fact]
    public void A_link_opens_what_it_was_made_for_until_it_expires()
    {
        var token = Link.ToToken(Key);
        Assert.Equal(Link, SignedLink.Read(token, "rfq", Key, Noon));
        Assert.Null(SignedLink.Read(token, "rfq", Key, Noon.AddSeconds(1)));
        Assert.Null(SignedLink.Read(token, "order", Key, Noon));
    }

    [Fact]
    public void A_changed_or_foreign_link_opens_nothing()
    {
        var token = Link.ToToken(Key);
        byte[] other = [.. Key.Reverse()];
        Assert.Null(SignedLink.Read((Link with { PartyId = "sup_2" }).ToToken(Key).Split('.')[0] + "." + token.Split('.')[1], "rfq", Key, Noon));
        Assert.Null(SignedLink.Read(token, "rfq", other, Noon));
        Assert.Null(SignedLink.Read("garbage", "rfq", Key, Noon));
        Assert.Null(SignedLink.Read("", "rfq", Key, Noon));
    }

    [Fact]
    public void A_short_key_signs_nothing() => Assert.Throws<ArgumentException>(() => Link.ToToken(new byte[31]));
}
