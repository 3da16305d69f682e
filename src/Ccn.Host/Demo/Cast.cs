using Ccn.Api.Accounts;

namespace Ccn.Host.Demo;

/// <summary>The demo people, signed in.</summary>
internal sealed class Cast : IDisposable
{
    /// <summary>Amazon's marketplace in the United States.</summary>
    private const string Marketplace = "ATVPDKIKX0DER";

    private readonly Dictionary<string, Actor> actors;

    private Cast(Dictionary<string, Actor> actors) => this.actors = actors;

    public Actor this[string handle] => actors[handle];

    public Actor Admin => actors["admin"];

    public Actor Finance => actors["finance"];

    public Actor Moderator => actors["moderator"];

    public IReadOnlyList<Actor> Members => [.. DemoPeople.Members.Select(person => actors[person.Handle])];

    /// <summary>The seller's name at Amazon, in the sandbox.</summary>
    public static string AmazonSellerId(string handle) => "A" + handle.ToUpperInvariant();

    public static async Task<Cast> SignInAsync(HttpClient site, IStoryTime time, CancellationToken cancel)
    {
        var people = DemoPeople.All.ToDictionary(person => person.Handle, person => new Actor(site, time, person.Name, person.Email, DemoPeople.Password), StringComparer.Ordinal);
        foreach (var actor in people.Values) { await actor.SignInAsync(cancel); }

        return new(people);
    }

    public void Dispose()
    {
        foreach (var actor in actors.Values) { actor.Dispose(); }
    }

    /// <summary>Sellers connect Amazon and a card and are verified; creators say where their money goes. Doing it again changes nothing.</summary>
    public async Task SettleInAsync(CancellationToken cancel)
    {
        foreach (var handle in DemoPeople.Sellers.Select(person => person.Handle))
        {
            var seller = actors[handle];
            if (await seller.FindAsync<SellerAccountSummary>("/v1/me/seller-account", cancel) is { Verified: true }) { continue; }

            var amazon = AmazonSellerId(handle);
            await seller.PutAsync("/v1/me/seller-account", new SellerAccountBody(amazon, "Atzr|" + amazon, Marketplace, "pm_card_visa"), cancel);
            await Admin.PostAsync($"/v1/sellers/{seller.UserId}/verification", null, $"verify:{handle}", cancel);
        }

        foreach (var person in DemoPeople.Creators)
        {
            // PayPal's sandbox sends money to this address back five days later.
            var receiver = person.Handle == "tomas" ? "tomas-returned@pay.example" : $"{person.Handle}@pay.example";
            await actors[person.Handle].PutAsync("/v1/me/payout-method", new Api.Payouts.PayoutMethodBody("paypal", receiver), cancel);
        }
    }
}
