using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Http;

/// <summary>The handler chain that all clients share.</summary>
internal static class ProviderClients
{
    public static T Options<T>(this IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;

    public static void AddProviderOptions<TOptions, TValidator>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }

    /// <summary>A client for a token endpoint.</summary>
    public static IHttpClientBuilder AddTokenClient(this IServiceCollection services, string name, Func<IServiceProvider, Uri> baseAddress) =>
        services.AddHttpClient(name).ConfigureHttpClient((p, client) => client.BaseAddress = baseAddress(p)).AddProviderTransport();

    /// <summary>
    /// From the outside in: path check, resilience, then the provider's own handlers (token, signature) for each attempt, and next to the
    /// wire the reading of the whole answer.
    /// </summary>
    public static IHttpClientBuilder AddProviderClient(
        this IHttpClientBuilder client, string provider, Func<IServiceProvider, Uri> baseAddress, params Func<IServiceProvider, DelegatingHandler>[] handlers)
    {
        client.ConfigureHttpClient((p, c) => c.BaseAddress = baseAddress(p));
        client.AddHttpMessageHandler(p => new PathShapeHandler(provider) { BasePath = baseAddress(p).AbsolutePath });
        client.AddProviderResilience();
        foreach (var handler in handlers) { client.AddHttpMessageHandler(handler); }
        return client.AddAnswerLimit();
    }

    /// <summary>The chain for a client without handlers of its own.</summary>
    public static IHttpClientBuilder AddProviderTransport(this IHttpClientBuilder client) => client.AddProviderResilience().AddAnswerLimit();

    private static IHttpClientBuilder AddAnswerLimit(this IHttpClientBuilder client) =>
        client.AddHttpMessageHandler(() => new AnswerLimitHandler())
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,   // a redirect could carry a token to another host
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),   // follows DNS changes, also for clients kept for long
                ConnectTimeout = TimeSpan.FromSeconds(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
}
