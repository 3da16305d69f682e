using Ccn.Activities;
using Ccn.Data;
using Ccn.ServiceDefaults;
using Ccn.Workflows;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Notifications;
using Ccn.Workflows.Payouts;
using Ccn.Workflows.Production;
using Ccn.Workflows.Royalties;
using Ccn.Workflows.Sales;
using Ccn.Workflows.Sourcing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Extensions.Hosting;

namespace Ccn.Worker;

/// <summary>Runs workflows and activities. Any number of these may run beside each other.</summary>
public static class WorkerHost
{
    /// <summary>Decoding a large picture needs hundreds of megabytes: two at a time.</summary>
    private const int MediaConcurrency = 2;

    /// <summary>Calls to providers wait for the network, but providers limit their number.</summary>
    private const int ProviderConcurrency = 20;

    /// <summary>Builds the host; the caller runs it.</summary>
    /// <param name="args">Configuration from the command line.</param>
    /// <param name="configure">Changes before the services are registered: settings, the clock, logging.</param>
    public static IHost Create(string[] args, Action<HostApplicationBuilder>? configure = null)
    {
        // Settings lie beside the program. From the folder where it happens to be started, every folder below would be watched for a change of them.
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        configure?.Invoke(builder);
        builder.AddCcnServiceDefaults("ccn-worker");
        builder.Services.AddCcnData(builder.Configuration.GetConnectionString("Ccn") ?? throw new InvalidOperationException("The connection string 'Ccn' is missing."));
        builder.Services.AddCcnTemporalClient(CcnPayloadConverter.DataConverter);
        builder.Services.AddCcnActivities(builder.Configuration);
        AddLifecycleWorker(builder.Services);
        AddProviderWorker(builder.Services);
        AddMediaWorker(builder.Services);
        return builder.Build();
    }

    /// <summary>All workflows, and the activities that only use our own database.</summary>
    private static void AddLifecycleWorker(IServiceCollection services)
    {
        // The listener watches each await of the whole process, which in the all-in-one host is the site and the workflow server too.
        // What it looks for, tasks of the default scheduler and timers of .NET in a workflow, the tests look for with it on, as do the banned symbols.
        var worker = services.AddHostedTemporalWorker(TaskQueues.Lifecycle);
        worker.ConfigureOptions(options => options.DisableWorkflowTracingEventListener = true);
        foreach (var workflow in CcnWorkflows.All) { worker.AddWorkflow(workflow); }

        worker.ApplyTemporalActivities<IBusinessEventActivities>().ApplyTemporalActivities<ICalendarActivities>().ApplyTemporalActivities<IDesignActivities>()
            .ApplyTemporalActivities<IContestActivities>();
        AddProviderActivities(worker);   // some of their steps are our own: the statement of a royalty, the settling of a payout
    }

    private static void AddProviderWorker(IServiceCollection services) =>
        AddProviderActivities(services.AddHostedTemporalWorker(TaskQueues.Providers).ConfigureOptions(options => options.MaxConcurrentActivities = ProviderConcurrency));

    private static void AddMediaWorker(IServiceCollection services) =>
        services.AddHostedTemporalWorker(TaskQueues.Media).ConfigureOptions(options => options.MaxConcurrentActivities = MediaConcurrency)
            .ApplyTemporalActivities<IDesignActivities>();

    private static void AddProviderActivities(ITemporalWorkerServiceOptionsBuilder worker) => worker
        .ApplyTemporalActivities<ILicenceActivities>().ApplyTemporalActivities<ISourcingActivities>().ApplyTemporalActivities<IProductionActivities>()
        .ApplyTemporalActivities<IListingActivities>().ApplyTemporalActivities<ISalesActivities>().ApplyTemporalActivities<IRoyaltyActivities>()
        .ApplyTemporalActivities<IPayoutActivities>().ApplyTemporalActivities<INoticeActivities>().ApplyTemporalActivities<IFeeActivities>();
}
