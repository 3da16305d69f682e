using Ccn.Workflows.Bids;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Notifications;
using Ccn.Workflows.Payouts;
using Ccn.Workflows.Production;
using Ccn.Workflows.Royalties;
using Ccn.Workflows.Sales;
using Ccn.Workflows.Sourcing;

namespace Ccn.Workflows;

/// <summary>Every workflow type, for workers and replayers.</summary>
public static class CcnWorkflows
{
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(DesignLifecycleWorkflow), typeof(ContestWorkflow), typeof(BiddingWorkflow), typeof(LicensingWorkflow), typeof(SourcingWorkflow),
        typeof(ProductionWorkflow), typeof(ListingWorkflow), typeof(SalesIntakeWorkflow), typeof(RoyaltyLoopWorkflow), typeof(PayeePayoutWorkflow),
        typeof(NoticeDeliveryWorkflow), typeof(FeeEstimateWorkflow),
    ];
}
