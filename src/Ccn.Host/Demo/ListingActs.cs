using System.Net;
using Ccn.Api.Accounts;
using Ccn.Api.Listings;
using Ccn.Api.Sales;
using Ccn.Data.Listings;
using Ccn.Domain;
using Ccn.Workflows.Listings;
using ListingState = Ccn.Data.Listings.ListingState;

namespace Ccn.Host.Demo;

/// <summary>The offer at Amazon and its buyers.</summary>
internal static class ListingActs
{
    public static async Task<ListingSummary> ChecklistAsync(this Story story, Actor seller, string designId) => (await story.UntilAsync("the listing's checklist",
        async () => (await seller.GetAsync<IReadOnlyList<ListingSummary>>("/v1/listings", story.Cancel)).FirstOrDefault(listing => listing.DesignId == designId), found => found is not null, TimeSpan.FromDays(2)))!;

    public static Task SubmitListingAsync(this Story story, Actor seller, ListingSummary listing, DemoDesign design, Money price, int quantity) =>
        story.DoAsync("submit-listing", seller.Name, $"sends the listing to Amazon at {price}", async () =>
        {
            var product = DemoProduct.Of(design.Category);
            var content = new ListingContent($"{design.Title} {product.Noun}", ["Printed to order quality", product.Material, "Designed by an independent artist"], design.Description, product.AmazonType, "CCN Studio", MainPhotoConfirmed: true, GtinExempt: true);
            var answer = await seller.PostAsync<ListingSubmission>($"/v1/listings/{listing.ListingId}/submission", new SubmissionBody(content, price, quantity), story.Key("submit-listing"), story.Cancel);
            Expect.True(answer.Accepted, $"Submission of the listing ({string.Join("; ", answer.Issues.Select(issue => issue.Message))})");
            return $"accepted as {answer.SubmissionId}";
        });

    public static Task<ListingSummary> BuyableAsync(this Story story, Actor seller, string listingId) => story.UntilAsync("the offer to be buyable",
        () => seller.GetAsync<ListingSummary>($"/v1/listings/{listingId}", story.Cancel), listing => listing.State is ListingState.Buyable, TimeSpan.FromDays(2));

    /// <summary>Operations slow the pulling of sales where time is skipped: a year in a minute cannot be pulled every quarter of an hour.</summary>
    public static Task SlowIntakeAsync(this Story story, Actor seller, TimeSpan interval) =>
        story.World.Time.IsSkipped ? story.World.Cast.SetIntakeAsync(seller, interval, story.Cancel) : Task.CompletedTask;

    public static async Task SetIntakeAsync(this Cast cast, Actor seller, TimeSpan interval, CancellationToken cancel)
    {
        var account = await seller.GetAsync<SellerAccountSummary>("/v1/me/seller-account", cancel);
        try { await cast.Operations.PutAsync($"/v1/sales/intakes/{account.SellerAccountId}/interval", new IntervalBody((int)interval.TotalMinutes), cancel); }
        catch (ProblemResponseException e) when (e.Status is HttpStatusCode.NotFound)
        {
            // No sale can be pulled yet: the intake starts with the seller's first listing.
        }
    }

    public static Task SellAsync(this Story story, string sellerHandle, string sku, int orders, int unitsEach, decimal unitPrice, string label = "sales", DateTimeOffset? at = null) =>
        story.DoAsync(label, "Buyers at Amazon", FormattableString.Invariant($"buy {orders * unitsEach} units at ${unitPrice:0.00}"), async () =>
        {
            await story.World.Outside.SellAsync(Cast.AmazonSellerId(sellerHandle), sku, orders, unitsEach, unitPrice, at, story.Cancel);
            return FormattableString.Invariant($"{orders} orders");
        });

    public static Task RefundAsync(this Story story, string sellerHandle, string sku, int units, string label = "refunds") =>
        story.DoAsync(label, "Buyers at Amazon", FormattableString.Invariant($"send {units} units back"), async () =>
        {
            await story.World.Outside.RefundAsync(Cast.AmazonSellerId(sellerHandle), sku, units, story.Cancel);
            return "";
        });
}
