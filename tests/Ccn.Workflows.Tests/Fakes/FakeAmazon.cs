using System.Collections.Concurrent;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Sales;

namespace Ccn.Workflows.Tests.Fakes;

internal sealed class FakeAmazon(CallLog log) : IListingActivities, ISalesActivities
{
    private int reads;

    public bool RefuseTitle { get; set; }
    public int BuyableAtRead { get; set; } = 2;
    public IReadOnlyList<string>? SoldDesignIds { get; set; }
    public ConcurrentQueue<PullSalesInput> Pulls { get; } = new();

    public Task<SellerAccountReference> FindSellerAccountAsync(string sellerId)
    {
        log.Add("account", sellerId);
        return Task.FromResult(new SellerAccountReference("sac_" + sellerId, "ATVPDKIKX0DER"));
    }

    public Task<ListingSubmission> SubmitAsync(SubmitListingInput input)
    {
        log.Add("submit", input.Content.Title);
        return Task.FromResult(RefuseTitle && input.Content.Title.Contains("best", StringComparison.OrdinalIgnoreCase)
            ? new(false, null, [new ListingIssue("90220", "ERROR", "The title makes a claim.")])
            : new ListingSubmission(true, "sub-1", []));
    }

    public Task<ListingReading> ReadAsync(ReadListingInput input)
    {
        log.Add("read-listing", input.Sku);
        return Task.FromResult(++reads >= BuyableAtRead ? new(true, "B0TEST0001", []) : new ListingReading(false, null, []));
    }

    public Task ChangePriceAsync(ChangePriceInput input)
    {
        log.Add("price", input.Price.ToString());
        return Task.CompletedTask;
    }

    public Task ChangeStockAsync(ChangeStockInput input)
    {
        log.Add("stock", $"{input.Quantity}");
        return Task.CompletedTask;
    }

    public Task EndAsync(ReadListingInput input)
    {
        log.Add("end-listing", input.Sku);
        return Task.CompletedTask;
    }

    public async Task<SalesPulled> PullAsync(PullSalesInput input)
    {
        Pulls.Enqueue(input);
        await log.AddAsync("pull", input.SellerAccountId);
        return new(input.Until, SoldDesignIds is null ? 0 : 1, 0, 0, SoldDesignIds);
    }

    public static ListingContent Content(string title = "Mug by Ada") => new(title, ["Stoneware"], "A mug.", "DRINKING_CUP", "CCN", true, true);

    public static Money Usd(long cents) => new(cents, "USD");
}
