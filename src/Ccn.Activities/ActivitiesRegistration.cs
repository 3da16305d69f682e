using Ccn.Activities.Contests;
using Ccn.Activities.Designs;
using Ccn.Activities.Designs.Media;
using Ccn.Activities.Licences;
using Ccn.Activities.Lifecycle;
using Ccn.Activities.Listings;
using Ccn.Activities.Notifications;
using Ccn.Activities.Payouts;
using Ccn.Activities.Production;
using Ccn.Activities.Royalties;
using Ccn.Activities.Sales;
using Ccn.Activities.Sourcing;
using Ccn.Data.Accounts;
using Ccn.Data.Files;
using Ccn.Data.Sourcing;
using Ccn.Providers;
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
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Ccn.Activities;

/// <summary>Registers every activity.</summary>
public static class ActivitiesRegistration
{
    /// <summary>Section of the file store's options.</summary>
    public const string FilesSection = "Files";

    /// <summary>
    /// Adds the activities by their contracts (scoped: one database context for each call), the providers' clients, the file store, the
    /// links and the key ring. The host adds the database (<c>AddCcnData</c>) and, for a virtual clock, its <see cref="TimeProvider"/>.
    /// Configuration: <c>Providers:*</c>, <c>Files:Root</c>, <c>Links:PublicUrl</c>, <c>Links:SigningKey</c>, checked at start.
    /// </summary>
    public static IServiceCollection AddCcnActivities(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddCcnProviders(configuration);
        services.AddCcnDataProtection(configuration);
        services.AddOptions<SignedLinkOptions>().Bind(configuration.GetSection(SignedLinkOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<FileStoreOptions>().Bind(configuration.GetSection(FilesSection)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider => new FileStore(provider.GetRequiredService<IOptions<FileStoreOptions>>().Value));
        services.AddSingleton(provider => new ImagePipeline(provider.GetRequiredService<FileStore>(), ImageLimits.Default));
        services.AddScoped<AmazonSellers>().AddScoped<SaleLineIntake>().AddScoped<RefundIntake>();
        services.AddScoped<StatementSource>().AddScoped<RoyaltyCollection>().AddScoped<PayoutLedger>().AddScoped<PayoutPreparation>();
        services.AddScoped<IBusinessEventActivities, BusinessEventActivities>().AddScoped<ICalendarActivities, CalendarActivities>();
        services.AddScoped<IDesignActivities, DesignActivities>().AddScoped<IContestActivities, ContestActivities>();
        services.AddScoped<ILicenceActivities, LicenceActivities>();
        services.AddScoped<ISourcingActivities, SourcingActivities>().AddScoped<IProductionActivities, ProductionActivities>();
        services.AddScoped<IListingActivities, ListingActivities>().AddScoped<IFeeActivities, FeeActivities>().AddScoped<ISalesActivities, SalesActivities>();
        services.AddScoped<IRoyaltyActivities, RoyaltyActivities>().AddScoped<IPayoutActivities, PayoutActivities>();
        services.AddScoped<INoticeActivities, NoticeActivities>();
        return services;
    }
}
