using Ccn.Testing;
using Ccn.Workflows.Tests.Bids;
using Ccn.Workflows.Tests.Contests;
using Ccn.Workflows.Tests.Designs;
using Ccn.Workflows.Tests.Licences;
using Ccn.Workflows.Tests.Listings;
using Ccn.Workflows.Tests.Notifications;
using Ccn.Workflows.Tests.Payouts;
using Ccn.Workflows.Tests.Production;
using Ccn.Workflows.Tests.Royalties;
using Ccn.Workflows.Tests.Sales;
using Ccn.Workflows.Tests.Sourcing;
using Temporalio.Testing;

namespace Ccn.Workflows.Tests;

/// <summary>One real dev server (<c>CCN_TEMPORAL_BIN</c>) in the place of our own.</summary>
public sealed class RealServer : TemporalFixture
{
    private readonly RealTemporalFixture real = new();

    public override WorkflowEnvironment Environment
    {
        get
        {
            Assert.SkipWhen(real.Environment is null, RealTemporalFixture.WhyNone);
            return real.Environment;
        }
    }

    public override ValueTask InitializeAsync() => real.InitializeAsync();

    public override async ValueTask DisposeAsync()
    {
        await real.DisposeAsync();
        await base.DisposeAsync();
    }
}

/// <summary>The stories of all workflows once more, on a real server. Their workflow IDs are the same, so they run one after the other; those that take days end where they would wait.</summary>
[CollectionDefinition(Name)]
public sealed class RealServerStories : ICollectionFixture<RealServer>
{
    public const string Name = "real server";
}

[Collection(RealServerStories.Name)]
public sealed class RealBiddingCancellationTests(RealServer real) : BiddingCancellationTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealBiddingWorkflowTests(RealServer real) : BiddingWorkflowTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealContestCancellationTests(RealServer real) : ContestCancellationTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealContestWorkflowTests(RealServer real) : ContestWorkflowTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealDesignCancellationTests(RealServer real) : DesignCancellationTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealDesignLifecycleWorkflowTests(RealServer real) : DesignLifecycleWorkflowTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealLicensingCancellationTests(RealServer real) : LicensingCancellationTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealLicensingWorkflowTests(RealServer real) : LicensingWorkflowTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealListingCancellationTests(RealServer real) : ListingCancellationTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealListingWorkflowTests(RealServer real) : ListingWorkflowTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealNoticeDeliveryWorkflowTests(RealServer real) : NoticeDeliveryWorkflowTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealPayeePayoutCancellationTests(RealServer real) : PayeePayoutCancellationTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealPayeePayoutWorkflowTests(RealServer real) : PayeePayoutWorkflowTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealProductionCancellationTests(RealServer real) : ProductionCancellationTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealProductionWorkflowTests(RealServer real) : ProductionWorkflowTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealRoyaltyLoopCancellationTests(RealServer real) : RoyaltyLoopCancellationTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealRoyaltyLoopWorkflowTests(RealServer real) : RoyaltyLoopWorkflowTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealSalesIntakeCancellationTests(RealServer real) : SalesIntakeCancellationTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealSalesIntakeWorkflowTests(RealServer real) : SalesIntakeWorkflowTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealSourcingCancellationTests(RealServer real) : SourcingCancellationTests(real);

[Collection(RealServerStories.Name)]
public sealed class RealSourcingWorkflowTests(RealServer real) : SourcingWorkflowTests(real);
