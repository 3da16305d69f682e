using Ccn.Api;
using Ccn.Api.Requests;
using Ccn.ServiceDefaults;
using Ccn.Web.Components;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Diagnostics;

namespace Ccn.Web;

/// <summary>The site: pages and API in one web application.</summary>
public static class Site
{
    /// <summary>Builds the application; the caller starts it. <paramref name="configure"/> runs before the services are fixed.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // The application's name decides where its static assets are found, also when another program hosts it.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(Site).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();

        // The build has compressed them and named them by what they hold. Without this, each request for one looks whether it was changed since, compresses it anew and forbids to keep it.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.AddCcnServiceDefaults("ccn-web");
        configure?.Invoke(builder);
        builder.AddCcnApi();
        builder.Services.AddCcnWeb();

        var app = builder.Build();

        // First, so that a page which is at hand costs nothing else.
        app.UseOutputCache();

        // People get a page that helps where a program gets a problem document.
        // A page that refused has used up the services of its request, hence new ones.
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use((http, next) =>
        {
            if (!PageRequests.IsForPeople(http.Request)) { http.Features.Get<IStatusCodePagesFeature>()!.Enabled = false; }

            return next(http);
        });
        app.UseWhen(http => PageRequests.IsForPeople(http.Request), people => people.UseMiddleware<TooLargeForms>());
        app.UseCcnApi();
        app.MapCcnApi();
        app.MapCcnWeb();
        return app;
    }

    private static void AddCcnWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        services.AddOutputCache(cache => cache.AddPolicy(AnonymousPages.Policy, new AnonymousPages(TimeSpan.FromSeconds(2))));
        services.AddSingleton<RunningParts>();
        services.AddScoped<Attempt>();
        services.AddOptions<TemporalUiOptions>().BindConfiguration(TemporalUiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TemporalUi>();
        services.AddTemporalUiForwarding();
    }

    private static void MapCcnWeb(this WebApplication app)
    {
        app.UseWhen(http => PageRequests.IsForPeople(http.Request), people => people.UseMiddleware<StaleForms>());
        app.UseAntiforgery();
        app.UseResponseCompression();
        app.MapStaticAssets(Path.Combine(AppContext.BaseDirectory, "Ccn.Web.staticwebassets.endpoints.json")).AllowAnonymous();
        app.MapRazorComponents<App>().AnswersOncePerForm();
        app.MapTemporalUi();

        // An address that is nobody's: without this, visitors would be asked to sign in for it.
        app.MapFallback(() => Results.StatusCode(StatusCodes.Status404NotFound)).AllowAnonymous();
    }
}
