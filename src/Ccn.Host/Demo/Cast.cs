using Ccn.Api.Accounts;

namespace Ccn.Host.Demo;

/// <summary>The demo people. Everybody signs in when they first do something.</summary>
internal sealed class Cast : IDisposable
{
    /// <summary>Amazon's marketplace in the United States.</summary>
    private const string Marketplace = "ATVPDKIKX0DER";

    private readonly Dictionary<string, Actor> actors;

    public Cast(HttpClient site, IStoryTime time) =>
        actors = DemoPeople.All.ToDictionary(person => person.Handle, person => new Actor(site, time, person.Name, person.Email, DemoPeople.Password), StringComparer.Ordinal);

    public Actor this[string handle] => actors[handle];

    public Actor Admin => actors["admin"];

    public Actor Finance => actors["finance"];

    /// <summary>The second pair of eyes on large payouts.</summary>
    public Actor SecondFinance => actors["finance2"];

    public Actor Operations => actors["ops"];

    public Actor Moderator => actors["moderator"];

    public IReadOnlyList<Actor> Members => [.. DemoPeople.Members.Select(person => actors[person.Handle])];

    /// <summary>The seller's name at Amazon, in the sandbox.</summary>
    public static string AmazonSellerId(string handle) => "A" + handle.ToUpperInvariant();

    public void Dispose()
    {
        foreach (var actor in actors.Values) { actor.Dispose(); }
    }

    /// <summary>Sellers connect Amazon and a card and are verified; creators say where their money goes. Doing it again changes nothing.</summary>
    public async Task SettleInAsync(IReadOnlyList<DemoPerson> people, CancellationToken cancel)
    {
        foreach (var handle in people.Where(person => person.Role is "seller").Select(person => person.Handle))
        {
            var seller = actors[handle];
            if (await seller.FindAsync<SellerAccountSummary>("/v1/me/seller-account", cancel) is { Verified: true }) { continue; }

            var amazon = AmazonSellerId(handle);
            await seller.PutAsync("/v1/me/seller-account", new SellerAccountBody(amazon, "Atzr|" + amazon, Marketplace, "pm_card_visa"), cancel);
            await Admin.PostAsync($"/v1/sellers/{seller.UserId}/verification", null, $"verify:{handle}", cancel);
        }

        foreach (var person in people.Where(person => person.Role is "creator"))
        {
            // PayPal's sandbox sends money to this address back five days later.
            var receiver = person.Handle == "tomas" ? "tomas-returned@pay.example" : $"{person.Handle}@pay.example";
            await actors[person.Handle].PutAsync("/v1/me/payout-method", new Api.Payouts.PayoutMethodBody("paypal", receiver), cancel);
        }
    }
}
