using System.Text.RegularExpressions;
using Ccn.Api.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Sourcing;
using Ccn.Workflows.Sourcing;

namespace Ccn.Host.Demo;

/// <summary>Requests for quotation: the seller asks, suppliers answer by their personal links.</summary>
internal static partial class SourcingActs
{
    public static async Task<string> InviteAsync(this Story story, Actor seller, string designId, string licenceId, DemoProduct product, int quantity, IReadOnlyList<DemoSupplier> suppliers)
    {
        var rfqId = story.Id(Ids.Rfq, "rfq");
        await story.ReachesAsync(seller, designId, TimeSpan.FromDays(1), DesignStage.Sourcing, DesignStage.InProduction);
        await story.DoAsync("invite", seller.Name, FormattableString.Invariant($"asks {suppliers.Count} suppliers for {quantity} units: {string.Join(", ", suppliers.Select(supplier => supplier.Name))}"), async () =>
        {
            var body = new InviteBody(licenceId, quantity, product.Specification, [.. suppliers.Select(supplier => supplier.Id)]);
            var receipt = await seller.PutAsync<RfqReceipt>($"/v1/rfqs/{rfqId}", body, story.Cancel);
            return $"first reply due {receipt.Invitations.Min(invitation => invitation.ReplyBy):yyyy-MM-dd HH:mm} UTC";
        });
        return rfqId;
    }

    /// <summary>The personal link in the text that the seller handed over at Alibaba.</summary>
    public static async Task<string> HandedOverLinkAsync(this Story story, Actor seller, string rfqId, string supplierId)
    {
        var rfq = await story.UntilAsync("the hand-off link", () => seller.GetAsync<RfqDetail>($"/v1/rfqs/{rfqId}", story.Cancel),
            found => found.Invitations.Any(invitation => invitation.SupplierId == supplierId && invitation.HandOffLink is not null), TimeSpan.FromHours(6));
        var text = Uri.UnescapeDataString(rfq.Invitations.First(invitation => invitation.SupplierId == supplierId).HandOffLink!);
        return PersonalLink().Match(text).Value;
    }

    /// <summary>A supplier behind the hand-off opens its link and quotes.</summary>
    public static Task QuoteAsync(this Story story, DemoSupplier supplier, string link, decimal unitPrice, int leadTimeDays) =>
        story.DoAsync($"quote-{supplier.Id}", supplier.Name, FormattableString.Invariant($"quotes ${unitPrice:0.00} a unit by its personal link"), async () =>
        {
            await story.World.Outside.OpenLinkAsync<SupplierInvitation>(link, story.Cancel);
            var lastDay = DateOnly.FromDateTime(story.World.Time.Now.UtcDateTime).AddDays(20);
            var quote = new QuoteBody(story.Key($"quote-{supplier.Id}"), [new(100, Expect.Dollars(unitPrice + 0.60m)), new(500, Expect.Dollars(unitPrice))], 100, Expect.Dollars(0), leadTimeDays, "FOB Shenzhen", lastDay);
            await story.World.Outside.UseLinkAsync(link, "quote", quote, story.Cancel);
            return $"valid until {lastDay:yyyy-MM-dd}";
        });

    public static Task<RfqDetail> QuotedAsync(this Story story, Actor seller, string rfqId, string supplierId) => story.UntilAsync($"the quote of {supplierId}",
        () => seller.GetAsync<RfqDetail>($"/v1/rfqs/{rfqId}", story.Cancel), rfq => rfq.Quotes.Any(quote => quote.SupplierId == supplierId), TimeSpan.FromDays(12));

    /// <summary>Waits for what a supplier's silence leads to.</summary>
    public static Task<RfqDetail> InvitationIsAsync(this Story story, Actor seller, string rfqId, string supplierId, params InvitationState[] states) => story.UntilAsync(
        $"the invitation of {supplierId} to be {string.Join(" or ", states)}", () => seller.GetAsync<RfqDetail>($"/v1/rfqs/{rfqId}", story.Cancel),
        rfq => rfq.Invitations.Any(invitation => invitation.SupplierId == supplierId && states.Contains(invitation.State)), TimeSpan.FromDays(20));

    public static Task ApproveQuoteAsync(this Story story, Actor seller, string rfqId, string supplierId, int quantity) =>
        story.DoAsync("approve-quote", seller.Name, FormattableString.Invariant($"approves the quote for {quantity} units"), async () =>
        {
            var rfq = await seller.GetAsync<RfqDetail>($"/v1/rfqs/{rfqId}", story.Cancel);
            var quote = rfq.Quotes.First(candidate => candidate.SupplierId == supplierId && candidate.State is Data.Sourcing.QuoteState.Open);
            var approved = await seller.PostAsync<ApprovedQuote>($"/v1/rfqs/{rfqId}/quotes/{quote.QuoteId}/approval", new ApproveBody(quantity), story.Key("approve-quote"), story.Cancel);
            return $"{approved.Supplier.Name}: {approved.UnitPrice} a unit, {approved.Total} in all";
        });

    [GeneratedRegex("""https?://[^\s"]+/supplier/[A-Za-z0-9_\-.]+""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PersonalLink();
}
