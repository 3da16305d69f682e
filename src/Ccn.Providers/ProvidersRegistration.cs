using Ccn.Providers.Alibaba;
using Ccn.Providers.Amazon;
using Ccn.Providers.DocuSign;
using Ccn.Providers.Http;
using Ccn.Providers.Mail;
using Ccn.Providers.Network;
using Ccn.Providers.PayPal;
using Ccn.Providers.Push;
using Ccn.Providers.Stripe;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Refit;
using Stripe;

namespace Ccn.Providers;

/// <summary>Registers every provider's client.</summary>
public static class ProvidersRegistration
{
    /// <summary>
    /// Adds the typed clients, their tokens, the Stripe client and the RFQ hand-off, configured by the sections <c>Providers:*</c>, which
    /// are checked at start. Do not add another resilience handler by client defaults: it would repeat writes.
    /// </summary>
    public static IServiceCollection AddCcnProviders(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddDocuSign(configuration);
        services.AddAmazon(configuration);
        services.AddPayPal(configuration);
        services.AddAlibaba(configuration);
        services.AddNetwork(configuration);
        services.AddStripe(configuration);
        services.AddProviderOptions<MailOptions, MailOptionsValidator>(configuration, MailOptions.Section);
        services.AddProviderOptions<PushOptions, PushOptionsValidator>(configuration, PushOptions.Section);
        services.AddHttpClient<WebPush>().AddProviderTransport();
        return services;
    }

    private static void AddDocuSign(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddProviderOptions<DocuSignOptions, DocuSignOptionsValidator>(configuration, DocuSignOptions.Section);
        services.AddSingleton<IValidateOptions<DocuSignOptions>, DocuSignKeyValidator>();
        services.AddSingleton<DocuSignTokens>();
        services.AddTokenClient(DocuSignTokens.ClientName, p => p.Options<DocuSignOptions>().AuthBase);
        services.AddRefitGeneratedClient<IDocuSignApi>(ProviderJson.Refit(ProviderJson.CamelCase))
            .AddProviderClient(ProviderNames.DocuSign, p => p.Options<DocuSignOptions>().AccountBase, p => new AccessTokenHandler(p.GetRequiredService<DocuSignTokens>()));
    }

    private static void AddAmazon(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddProviderOptions<AmazonOptions, AmazonOptionsValidator>(configuration, AmazonOptions.Section);
        services.AddSingleton<LwaTokens>();
        services.AddTokenClient(LwaTokens.ClientName, p => p.Options<AmazonOptions>().AuthBase);
        var camelCase = ProviderJson.Refit(ProviderJson.CamelCase);
        Add(services.AddRefitGeneratedClient<IListingsApi>(camelCase));
        Add(services.AddRefitGeneratedClient<IOrdersApi>(camelCase));
        Add(services.AddRefitGeneratedClient<IFinancesApi>(camelCase));
        Add(services.AddRefitGeneratedClient<IProductFeesApi>(ProviderJson.Refit(ProviderJson.AsWritten)));

        static void Add(IHttpClientBuilder client) =>
            client.AddProviderClient(ProviderNames.Amazon, p => BaseAddressAttribute.WithSlash(p.Options<AmazonOptions>().BaseAddress!),
                p => new AccessTokenHandler(p.GetRequiredService<LwaTokens>()))
                .ConfigureHttpClient(c => c.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "CCN/1.0 (Language=C#)"));
    }

    private static void AddPayPal(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddProviderOptions<PayPalOptions, PayPalOptionsValidator>(configuration, PayPalOptions.Section);
        services.AddSingleton<PayPalTokens>();
        services.AddTokenClient(PayPalTokens.ClientName, p => BaseAddressAttribute.WithSlash(p.Options<PayPalOptions>().BaseAddress!));
        services.AddRefitGeneratedClient<IPayPalPayoutsApi>(ProviderJson.Refit(ProviderJson.SnakeCase))
            .AddProviderClient(ProviderNames.PayPal, p => BaseAddressAttribute.WithSlash(p.Options<PayPalOptions>().BaseAddress!),
                p => new AccessTokenHandler(p.GetRequiredService<PayPalTokens>()));
    }

    private static void AddAlibaba(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddProviderOptions<AlibabaOptions, AlibabaOptionsValidator>(configuration, AlibabaOptions.Section);
        services.AddSingleton<AlibabaTokens>();
        services.AddSingleton<AlibabaRfqHandOff>();
        services.AddTransient<AlibabaSigningHandler>();
        services.AddTokenClient(AlibabaTokens.ClientName, p => p.Options<AlibabaOptions>().Gateway).AddHttpMessageHandler<AlibabaSigningHandler>();
        services.AddRefitGeneratedClient<IAlibabaProductsApi>(ProviderJson.Refit(ProviderJson.SnakeCase))
            .AddProviderClient(ProviderNames.Alibaba, p => p.Options<AlibabaOptions>().Gateway,
                p => new AccessTokenHandler(p.GetRequiredService<AlibabaTokens>()), p => p.GetRequiredService<AlibabaSigningHandler>());
    }

    private static void AddNetwork(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddProviderOptions<NetworkOptions, NetworkOptionsValidator>(configuration, NetworkOptions.Section);
        services.AddTransient<NetworkKeyHandler>();
        services.AddRefitGeneratedClient<INetworkApi>(ProviderJson.Refit(ProviderJson.CamelCase))
            .AddProviderClient(ProviderNames.Network, p => BaseAddressAttribute.WithSlash(p.Options<NetworkOptions>().BaseAddress!), p => p.GetRequiredService<NetworkKeyHandler>());
    }

    private static void AddStripe(this IServiceCollection services, IConfiguration configuration)
    {
        const string ClientName = "Ccn.Providers.Stripe";
        services.AddProviderOptions<StripeOptions, StripeOptionsValidator>(configuration, StripeOptions.Section);
        services.AddHttpClient(ClientName).AddProviderTransport();
        services.AddSingleton<IStripeClient>(p =>
        {
            var options = p.Options<StripeOptions>();
            var http = p.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName);
            return new StripeClient(new StripeClientOptions
            {
                ApiKey = options.ApiKey,
                ApiBase = options.ApiBase,
                ConnectBase = options.ApiBase,
                FilesBase = options.ApiBase,
                HttpClient = new SystemNetHttpClient(http, maxNetworkRetries: 0),   // Temporal repeats, with the same idempotency key
            });
        });
    }
}
