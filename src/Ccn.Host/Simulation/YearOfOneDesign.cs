using Ccn.Api.Royalties;
using Ccn.Data.Payouts;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Domain.Sourcing;
using Ccn.Host.Demo;
using Ccn.Workflows.Production;

namespace Ccn.Host.Simulation;

/// <summary>A challenge, two bids, a licence, a slow supplier, goods, an offer, and twelve months of sales with returns and payouts.</summary>
internal sealed class YearOfOneDesign(Story story)
{
    private const int Units = 3_000, Damaged = 12, Months = 12;
    private const decimal Price = 24.00m;
    private const decimal Rate = 0.10m;

    /// <summary>Units sold and returned in each month: a start, a season, an end.</summary>
    private static readonly (int Sold, int Returned)[] Sales =
        [(60, 0), (120, 2), (180, 4), (240, 5), (200, 6), (160, 3), (140, 3), (120, 2), (220, 4), (320, 8), (180, 9), (80, 5)];

    private static readonly DemoDesign Design = new("Harbour Poppies", "Poppies along a harbour wall, cut in paper and printed.", "t-shirts", ["floral", "harbour"], "art-00-a.webp");

    /// <summary>Who takes part.</summary>
    public static IReadOnlyList<DemoPerson> People { get; } =
        [.. DemoPeople.All.Where(person => person.Role is "member" or "admin" or "finance" or "ops" || person.Handle is "mara" or "northlight" or "harbor")];

    private readonly Cast cast = story.World.Cast;
    private readonly List<StatementSummary> statements = [];

    /// <summary>Final statements with an amount, by period.</summary>
    public IReadOnlyList<StatementSummary> Statements => statements;

    private Actor Creator => cast["mara"];
    private Actor Seller => cast["northlight"];

    public async Task RunAsync()
    {
        var designId = await WinAsync();
        var licenceId = await LicenseAsync(designId);
        await MakeAsync(designId, licenceId);
        var listing = await story.ChecklistAsync(Seller, designId);
        await story.SubmitListingAsync(Seller, listing, Design, Expect.Dollars(Price), Units - Damaged);
        await story.SlowIntakeAsync(Seller, TimeSpan.FromDays(5));
        story.See(Seller, "sees the offer as buyable", $"ASIN {(await story.BuyableAsync(Seller, listing.ListingId)).Asin}");
        await SellAsync(licenceId, listing.Sku);
    }

    private async Task<string> WinAsync()
    {
        var designId = await story.SubmitAsync(Creator, Design);
        await story.ReachesAsync(Creator, designId, TimeSpan.FromDays(1), DesignStage.Published);
        var contestId = await story.OpenContestAsync("Floral Fashion", "Flowers for people who think they do not like flowers.", "t-shirts", null);
        await story.EnterContestAsync(Creator, designId, contestId);
        await story.VotingOpensAsync(contestId);
        await story.VoteAsync(contestId, cast.Members, new Dictionary<string, int[]>(StringComparer.Ordinal) { [designId] = [5, 4, 4] });
        Expect.Equal(designId, (await story.DecidedAsync(contestId)).Contest.WinnerDesignId, "Winner of the challenge");
        return designId;
    }

    private async Task<string> LicenseAsync(string designId)
    {
        await story.ReachesAsync(Creator, designId, TimeSpan.FromDays(1), DesignStage.OpenToBids);
        await story.BidAsync(cast["harbor"], designId, "8", BidActs.Percent(800, Expect.Dollars(Price), Units));
        var best = await story.BidAsync(Seller, designId, "10", BidActs.Percent(1_000, Expect.Dollars(Price), Units));
        await story.RevealedAsync(Creator, designId);
        await story.AcceptAsync(Creator, designId, best, "10 %");
        var licence = await story.LicenceSentAsync(Creator, designId);
        await story.SignAsync(Creator, licence.LicenceId, "sign-creator");
        await story.PassAsync(TimeSpan.FromDays(4));   // the first reminder goes out
        await story.SignAsync(Seller, licence.LicenceId, "sign-seller");
        await story.InForceAsync(Creator, licence.LicenceId);
        return licence.LicenceId;
    }

    private async Task MakeAsync(string designId, string licenceId)
    {
        var rfqId = await story.InviteAsync(Seller, designId, licenceId, DemoProduct.Of(Design.Category), Units, [DemoSupplier.Dhaka, DemoSupplier.Guangzhou, DemoSupplier.Ningbo]);
        await story.InvitationIsAsync(Seller, rfqId, DemoSupplier.Dhaka.Id, InvitationState.Reminded, InvitationState.Silent, InvitationState.Quoted);
        story.See(Seller, $"sees that {DemoSupplier.Dhaka.Name} is slow and was reminded", "");
        await story.QuotedAsync(Seller, rfqId, DemoSupplier.Dhaka.Id);
        await story.ApproveQuoteAsync(Seller, rfqId, DemoSupplier.Dhaka.Id, Units);
        var orderId = await story.OrderPlacedAsync(Seller, designId);
        await story.PayAsync(Seller, orderId, OrderPayment.Deposit);
        await story.ReportedAsync(Seller, orderId, Milestone.ReadyForInspection);
        await story.InspectAsync(Seller, orderId, new(Units, 125, 0, 6, 9), passes: true);
        await story.PayAsync(Seller, orderId, OrderPayment.Balance);
        await story.ReportedAsync(Seller, orderId, Milestone.Shipped);
        await story.PassAsync(TimeSpan.FromDays(20));
        await story.ReceiveAsync(Seller, orderId, Units, Damaged);
    }

    private async Task SellAsync(string licenceId, string sku)
    {
        for (var month = 1; month <= Months; month++)
        {
            var (sold, returned) = Sales[month - 1];
            await story.NextMonthAsync(FormattableString.Invariant($"month-{month}"), 5);
            await story.SellAsync("northlight", sku, sold / 10, 10, Price, FormattableString.Invariant($"sales-{month}"));
            await story.PassAsync(TimeSpan.FromDays(8));
            if (returned > 0) { await story.RefundAsync("northlight", sku, returned, FormattableString.Invariant($"refunds-{month}")); }

            if (month > 1) { await PayAsync(licenceId, month - 1); }
        }

        await PayAsync(licenceId, Months);
    }

    /// <summary>The month's statement, and with it its payout, in the month after.</summary>
    private async Task PayAsync(string licenceId, int month)
    {
        var (sold, returned) = Sales[month - 1];
        var gross = Expect.Dollars((sold - returned) * Price * Rate);
        var paidBefore = statements.Select(statement => statement.StatementId).ToHashSet(StringComparer.Ordinal);
        var statement = await story.StatementAsync(Creator, licenceId, FormattableString.Invariant($"the statement of month {month} with {gross}"), candidate => !paidBefore.Contains(candidate.StatementId) && candidate.Gross == gross);
        statements.Add(statement.Statement);
        story.See(Creator, FormattableString.Invariant($"reads the statement of month {month}"), FormattableString.Invariant($"({sold} - {returned}) x ${Price:0.00} x 10 % = {statement.Statement.Gross}, fee {statement.Statement.Fee}, net {statement.Statement.Net}"));
        var payoutId = await story.ApprovePayoutAsync(Creator.UserId, statement.Statement.StatementId, FormattableString.Invariant($"approve-{month}"));
        var paid = await story.PayoutIsAsync(Creator, payoutId, PayoutStatus.Confirmed);
        story.See(Creator, "is paid to the PayPal account", paid.Amount.ToString());
    }
}
