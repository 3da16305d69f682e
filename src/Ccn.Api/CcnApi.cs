using Ccn.Api.Accounts;
using Ccn.Api.Bids;
using Ccn.Api.Contests;
using Ccn.Api.Designs;
using Ccn.Api.Desk;
using Ccn.Api.Ledger;
using Ccn.Api.Licences;
using Ccn.Api.Lifecycle;
using Ccn.Api.Listings;
using Ccn.Api.Live;
using Ccn.Api.Moderation;
using Ccn.Api.Notifications;
using Ccn.Api.OpenApi;
using Ccn.Api.Payouts;
using Ccn.Api.Problems;
using Ccn.Api.Production;
using Ccn.Api.Requests;
using Ccn.Api.Royalties;
using Ccn.Api.Sales;
using Ccn.Api.Sourcing;
using Ccn.Api.Webhooks;
using Ccn.Data;
using Ccn.Data.Files;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Ccn.ServiceDefaults;
using Ccn.Workflows;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Scalar.AspNetCore;

namespace Ccn.Api;

/// <summary>The API as a part: services, middleware, endpoints. Used by its own program, by the site and by the all-in-one host alike.</summary>
public static class CcnApi
{
    /// <summary>The longest body of a request in bytes; routes that take files say a limit of their own. Everything that people write is far shorter.</summary>
    public const int MaxBodyBytes = 1_000_000;

    /// <summary>Name of the cookie that a signed-in person's browser sends.</summary>
    public const string SignedInCookie = "ccn";

    public static WebApplicationBuilder AddCcnApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCcnData(builder.Configuration.GetConnectionString("Ccn") ?? throw new InvalidOperationException("ConnectionStrings:Ccn is not set."));
        services.AddCcnTemporalClient(CcnPayloadConverter.DataConverter);
        services.AddOptions<SignedLinkOptions>().BindConfiguration(SignedLinkOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PayoutOptions>().BindConfiguration(PayoutOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<NoticeOptions>().BindConfiguration(NoticeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddCcnAccounts(builder.Configuration);
        services.Configure<JsonOptions>(json =>
        {
            // The product's one JSON form at the edge too: enums by name, numbers as numbers.
            json.SerializerOptions.NumberHandling = CcnJson.Options.NumberHandling;
            json.SerializerOptions.AllowOutOfOrderMetadataProperties = true;
            foreach (var converter in CcnJson.Options.Converters) { json.SerializerOptions.Converters.Add(converter); }
        });
        // A body that cannot be read is a refusal with a code like any other, in every environment.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBodyBytes);
        services.AddProblemDetails(options => options.CustomizeProblemDetails = CcnExceptionHandler.Complete);
        services.AddExceptionHandler<CcnExceptionHandler>();
        services.AddOpenApi("v1", OpenApiDocuments.Describe);
        services.AddSignalR();
        services.AddSingleton<RecentChanges>();
        services.AddHostedService<ChangeBroadcaster>();
        services.AddSingleton<WebhookInbox>();
        services.AddSingleton<PayPalSignature>();
        services.AddHttpClient("paypal-certificates");
        services.AddOptions<FileStoreOptions>().BindConfiguration("Files").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new FileStore(provider.GetRequiredService<IOptions<FileStoreOptions>>().Value));
        foreach (var type in FeatureServices) { services.AddScoped(type); }

        return builder;
    }

    public static WebApplication UseCcnApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseWhen(http => !PageRequests.IsForPeople(http.Request), programs => programs.UseStatusCodePages());
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<FirstAnswers>();
        return app;
    }

    public static WebApplication MapCcnApi(this WebApplication app)
    {
        app.MapCcnHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/reference", reference =>
        {
            // The page works on a machine without internet: no fonts, chat or counting from outside.
            reference.WithTitle("CCN API").DisableDefaultFonts().DisableTelemetry().DisableAgent().HideDeveloperTools().AddPreferredSecuritySchemes(OpenApiDocuments.Bearer);
            reference.HideClientButton = true;
        }).AllowAnonymous();
        app.MapAccounts();
        app.MapDesigns();
        app.MapContests();
        app.MapBids();
        app.MapLicences();
        app.MapSourcing();
        app.MapProduction();
        app.MapListings();
        app.MapSales();
        app.MapRoyalties();
        app.MapPayouts();
        app.MapLedger();
        app.MapNotices();
        app.MapLifecycle();
        app.MapWebhooks();
        app.MapHub<LiveHub>(LiveHub.Path).AllowAnonymous();
        return app;
    }

    // One door: a page and an endpoint for the same thing use the same class.
    private static readonly Type[] FeatureServices =
    [
        typeof(AccountCommands), typeof(AccountQueries), typeof(AccountSettings), typeof(FollowCommands), typeof(NoticeCommands), typeof(NoticeQueries), typeof(NoticeChannels),
        typeof(FeedQueries), typeof(CommentCommands), typeof(CommentQueries), typeof(DesignCommands), typeof(DesignQueries), typeof(DesignHistoryQueries), typeof(ContestCommands), typeof(ContestQueries),
        typeof(BidCommands), typeof(BidQueries), typeof(LicenceCommands), typeof(LicenceQueries), typeof(SourcingCommands), typeof(SourcingQueries), typeof(ExchangeRates), typeof(SupplierLinks),
        typeof(ProductionCommands), typeof(ProductionQueries), typeof(ListingCommands), typeof(ListingQueries), typeof(FeeEstimates), typeof(SalesCommands), typeof(SalesQueries),
        typeof(RoyaltyCommands), typeof(RoyaltyQueries), typeof(PayoutCommands), typeof(PayoutQueries), typeof(LedgerQueries),
        typeof(PayoutDeskQueries), typeof(PayeeDeskQueries), typeof(StatementDeskQueries), typeof(LedgerDeskQueries), typeof(ReconciliationQueries), typeof(ModerationQueries),
        typeof(OperationsQueries), typeof(ProviderHealthQueries), typeof(SellerDirectory), typeof(SupplierDirectory), typeof(LifecycleCommands), typeof(LifecycleQueries),
        typeof(ProviderMessages),
        typeof(CreatorDesignQueries), typeof(BidComparisonQueries), typeof(ReadableLicenceQueries), typeof(StatementReportQueries), typeof(EarningsQueries),
        typeof(DeskQueries), typeof(SavedSearches), typeof(SellerSales),
    ];
}
