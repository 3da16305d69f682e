using Ccn.Activities.Lifecycle;
using Ccn.Activities.Listings;
using Ccn.Data;
using Ccn.Data.Accounts;
using Ccn.Providers;
using Ccn.Providers.Amazon;
using Ccn.Workflows.Sales;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Ccn.Activities.Sales;

/// <inheritdoc cref="ISalesActivities"/>
internal sealed partial class SalesActivities(
    IOrdersApi orders, IFinancesApi finances, AmazonSellers sellers, SaleLineIntake saleLines, RefundIntake refunds, CcnDbContext db, ILogger<SalesActivities> logger) : ISalesActivities
{
    private const int PageSize = 100;

    /// <summary>Amazon refuses spans that end less than two minutes ago.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    /// <summary>One pull takes at most this much, so that it ends within its time; the next goes on where it stopped.</summary>
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(31);

    /// <summary>Each pull looks back a little, because clocks differ; rows are unique.</summary>
    private static readonly TimeSpan OrderOverlap = TimeSpan.FromMinutes(10);

    /// <summary>Finance events can come this late.</summary>
    private static readonly TimeSpan FinanceOverlap = TimeSpan.FromHours(48);

    public Task<SalesPulled> PullAsync(PullSalesInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        await using var heartbeat = Heartbeat.Start();
        var until = Earlier(input.Until - Settling, input.Since + LongestSpan);
        if (until <= input.Since) { return new SalesPulled(input.Since, 0, 0, 0); }

        var seller = await sellers.FindAsync(input.SellerAccountId, cancel);
        var account = await db.SellerAccounts.AsNoTracking().SingleAsync(a => a.Id == input.SellerAccountId, cancel);
        var sold = new SortedSet<string>(await saleLines.MatchLateAsync(account.Id, cancel), StringComparer.Ordinal);
        var (newLines, unmatched) = await PullOrdersAsync(account, seller, input.Since - OrderOverlap, until, sold, cancel);
        await refunds.ApplyLateAsync(account.Id, cancel);
        var (newEvents, unmatchedEvents) = await PullRefundsAsync(account, seller, input.Since - FinanceOverlap, until, cancel);
        LogPulled(account.Id, newLines, newEvents, unmatched + unmatchedEvents);
        return new SalesPulled(until, newLines, newEvents, unmatched + unmatchedEvents, [.. sold]);
    });

    private async Task<(int New, int Unmatched)> PullOrdersAsync(SellerAccount account, AmazonSeller seller, DateTimeOffset from, DateTimeOffset until, SortedSet<string> sold, CancellationToken cancel)
    {
        var search = new OrderSearch
        {
            LastUpdatedAfter = from, LastUpdatedBefore = until, MarketplaceIds = [account.Marketplace], MaxResultsPerPage = PageSize,
            IncludedData = [OrderData.Proceeds, OrderData.Promotion, OrderData.Cancellation, OrderData.Fulfillment, OrderData.Packages],
        };
        var (fresh, unmatched) = (0, 0);
        while (true)
        {
            var page = await ProviderCall.Amazon.RequireAsync(orders.SearchAsync(search, seller, cancel));
            var result = await saleLines.RecordAsync(account, page.Orders, "poll", cancel);
            fresh += result.NewLines;
            unmatched += result.Unmatched;
            sold.UnionWith(result.SoldDesignIds);
            if (page.Pagination?.NextToken is not { Length: > 0 } next) { return (fresh, unmatched); }

            search = search with { PaginationToken = next };
        }
    }

    private async Task<(int New, int Unmatched)> PullRefundsAsync(SellerAccount account, AmazonSeller seller, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        // Without a marketplace: orders that US sellers ship themselves are missing otherwise.
        var search = new TransactionSearch { PostedAfter = from, PostedBefore = until };
        var (fresh, unmatched) = (0, 0);
        while (true)
        {
            var page = (await ProviderCall.Amazon.RequireAsync(finances.ListTransactionsAsync(search, seller, cancel))).Payload;
            var readings = (page.Transactions ?? []).SelectMany(t => RefundReading.Of(t, account.Marketplace)).ToList();
            var (pageFresh, pageUnmatched) = await refunds.RecordAsync(account.Id, readings, cancel);
            fresh += pageFresh;
            unmatched += pageUnmatched;
            if (page.NextToken is not { Length: > 0 } next) { return (fresh, unmatched); }

            search = search with { NextToken = next };
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    [LoggerMessage(Level = LogLevel.Information, Message = "Sales of {SellerAccountId}: {NewLines} new lines, {NewEvents} new refunds, {Unmatched} without a match.")]
    private partial void LogPulled(string sellerAccountId, int newLines, int newEvents, int unmatched);
}
