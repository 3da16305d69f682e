using Temporalio.Activities;

namespace Ccn.Workflows.Sales;

/// <summary>Input of <c>SalesIntake</c> (<c>sales/{sellerAccountId}</c>): one durable loop per seller account, continued as new.</summary>
/// <param name="Watermark">Orders and finance events up to here are in; the next pull overlaps it, and rows are unique.</param>
/// <param name="Run">Counts the runs of the loop, so that event ids stay unique.</param>
/// <param name="HandledNotices">The last notice ids, carried over so that a repeat after the change of runs is dropped too.</param>
public sealed record SalesIntakeInput(string SellerAccountId, TimeSpan Interval, DateTimeOffset Watermark, int Run = 1, IReadOnlyList<string>? HandledNotices = null);

/// <summary>Signal <c>orderNoticed</c>: pull now. Repeats of a notice id are dropped.</summary>
public sealed record OrderNoticed(string NoticeId);
/// <summary>Signal <c>changeInterval</c>.</summary>
public sealed record ChangeInterval(TimeSpan Interval);
/// <summary>Update <c>PullNow</c>: a person asks for the newest sales.</summary>
public sealed record PullSales(string UserId);

public interface ISalesActivities
{
    /// <summary>Reads orders and finance events since the watermark, page by page, into rows that are unique per order line and per event; accrues royalty on what shipped and reverses what was refunded. An order line seen twice changes nothing.</summary>
    [Activity("Sales.Pull")]
    Task<SalesPulled> PullAsync(PullSalesInput input);
}

public sealed record PullSalesInput(string SellerAccountId, DateTimeOffset Since, DateTimeOffset Until);
/// <param name="SoldDesignIds">Designs of the new lines, each once: their life cycles are told that they sell.</param>
public sealed record SalesPulled(DateTimeOffset Watermark, int NewLines, int NewEvents, int Unmatched, IReadOnlyList<string>? SoldDesignIds = null);
