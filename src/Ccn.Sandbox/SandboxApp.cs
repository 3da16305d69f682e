using Ccn.Sandbox.Alibaba;
using Ccn.Sandbox.Amazon;
using Ccn.Sandbox.Control;
using Ccn.Sandbox.Core;
using Ccn.Sandbox.DocuSign;
using Ccn.Sandbox.Mail;
using Ccn.Sandbox.Network;
using Ccn.Sandbox.PayPal;
using Ccn.Sandbox.Push;
using Ccn.Sandbox.Stripe;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Ccn.Sandbox;

/// <summary>
/// Simulated providers with state, each under its own path (/docusign, /amazon, /paypal, /stripe, /network, /alibaba) and in the
/// provider's own wire format, plus /_control for the world around them and a page at / for people.
/// </summary>
public static class SandboxApp
{
    /// <summary>Builds the application; the caller starts and stops it.</summary>
    /// <param name="options">Address, clock, secrets and snapshot file.</param>
    /// <param name="configure">Changes to the host before it is built, for example its logging.</param>
    public static WebApplication Create(SandboxOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(SandboxApp).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);   // the pipeline has its own limit, of 64 MiB
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);   // a line for every call would bury the failed webhooks
        AddServices(builder.Services, options);
        configure?.Invoke(builder);

        var app = builder.Build();
        foreach (var provider in app.Services.GetServices<Provider>()) { provider.Map(Routes(app, provider, options)); }
        var store = app.Services.GetRequiredService<SandboxStore>();
        app.MapGet("/", () => Results.Content(store.Read(state => IndexPage.Render(state, options.Clock.GetUtcNow())), "text/html; charset=utf-8"));
        MailPages.Map(app);
        PushService.Map(app);
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapPost("/_control/reset", async () =>
        {
            store.Reset();
            AddStandingReceivers(store, options);
            await store.PersistAsync();
            return Results.NoContent();
        });
        AddStandingReceivers(store, options);
        app.Lifetime.ApplicationStarted.Register(() => Started(app, options));
        return app;
    }

    /// <summary>Port of the SMTP server of a sandbox that has been started.</summary>
    public static int SmtpPortOf(WebApplication app) => app.Services.GetRequiredService<MailServer>().Port;

    private static void AddServices(IServiceCollection services, SandboxOptions options)
    {
        services.AddSingleton(options).AddSingleton<SandboxStore>().AddSingleton<WebhookSender>().AddSingleton<Scheduler>().AddSingleton<RateLimits>().AddSingleton<PayPalSigner>();
        services.AddSingleton<Mailbox>().AddSingleton<MailServer>().AddSingleton<PushService>().AddHostedService(s => s.GetRequiredService<MailServer>());
        services.AddSingleton<Provider, DocuSignProvider>().AddSingleton<Provider, AmazonProvider>().AddSingleton<Provider, PayPalProvider>()
            .AddSingleton<Provider, StripeProvider>().AddSingleton<Provider, NetworkProvider>().AddSingleton<Provider, AlibabaProvider>().AddSingleton<Provider, ControlProvider>();
        services.AddSingleton<IDueHandler, EnvelopeFlow>().AddSingleton<IDueHandler, ListingPublisher>().AddSingleton<IDueHandler, OrderFlow>()
            .AddSingleton<IDueHandler, PayoutFlow>().AddSingleton<IDueHandler, NetworkFlow>();
        services.AddSingleton<IWebhookSigner, ConnectSigner>().AddSingleton<IWebhookSigner>(s => s.GetRequiredService<PayPalSigner>())
            .AddSingleton<IWebhookSigner, StripeSigner>().AddSingleton<IWebhookSigner, NetworkSigner>();
    }

    private static ProviderRoutes Routes(WebApplication app, Provider provider, SandboxOptions options) => new(
        app, provider, options, app.Services.GetRequiredService<SandboxStore>(), app.Services.GetRequiredService<Scheduler>(), app.Services.GetRequiredService<WebhookSender>());

    /// <summary>Webhook receivers the options name are registered without a call, unless a snapshot already has them.</summary>
    private static void AddStandingReceivers(SandboxStore store, SandboxOptions options) => store.Change(state =>
    {
        if (options.PayPalWebhookUrl is { } paypal && !state.PayPal.Webhooks.Exists(w => w.Url == paypal))
        {
            state.PayPal.Webhooks.RemoveAll(w => w.Id == options.PayPalWebhookId);   // the receiver moved to another address since the snapshot
            state.PayPal.Webhooks.Insert(0, new PayPalWebhook(options.PayPalWebhookId, paypal, ["*"]));
        }

        if (options.StripeWebhookUrl is { } stripe && !state.Stripe.Endpoints.Exists(e => e.Url == stripe))
        {
            state.Stripe.Endpoints.RemoveAll(e => e.Id == "we_standing");
            state.Stripe.Endpoints.Insert(0, new StripeEndpoint("we_standing", stripe, ["*"]));
        }

        return 0;
    });

    private static void Started(WebApplication app, SandboxOptions options)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        app.Services.GetRequiredService<WebhookSender>().BaseUrl = (options.PublicUrl ?? address ?? options.Url).TrimEnd('/');
        app.Services.GetRequiredService<Scheduler>().Resume();   // what fell due while the sandbox was off happens now
    }
}
