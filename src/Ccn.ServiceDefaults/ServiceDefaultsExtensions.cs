using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Extensions.Hosting;

namespace Ccn.ServiceDefaults;

/// <summary>What every executable has in common: telemetry, health, the Temporal client. The executable passes its data converter in.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Metrics and traces by OpenTelemetry (when OTEL_EXPORTER_OTLP_ENDPOINT says where to send them), health checks, and the one clock if none was given.</summary>
    public static IHostApplicationBuilder AddCcnServiceDefaults(this IHostApplicationBuilder builder, string serviceName)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks();

        // Traces that go nowhere are still made, for each request: without an address to send them to there is no telemetry.
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) { return builder; }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(serviceName))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddMeter("Ccn.*"))
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddSource("Ccn.*"))
            .UseOtlpExporter();
        return builder;
    }

    /// <summary>Registers <see cref="ITemporalClient"/>, connected lazily, with the product's one payload converter, and a readiness check on it.</summary>
    public static IServiceCollection AddCcnTemporalClient(this IServiceCollection services, DataConverter converter)
    {
        services.AddOptions<TemporalOptions>().BindConfiguration(TemporalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddTemporalClient();
        services.AddOptions<TemporalClientConnectOptions>().Configure<IOptions<TemporalOptions>, ILoggerFactory>((connect, options, loggers) =>
        {
            connect.TargetHost = options.Value.Address;
            connect.Namespace = options.Value.Namespace;
            connect.DataConverter = converter;
            connect.LoggerFactory = loggers;
        });
        services.AddHealthChecks().AddCheck<TemporalHealthCheck>("temporal", tags: ["ready"]);
        return services;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: what it needs answers too.</summary>
    public static IEndpointRouteBuilder MapCcnHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        return app;
    }

    private sealed class TemporalHealthCheck(ITemporalClient temporal) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await temporal.Connection.CheckHealthAsync(options: new() { CancellationToken = cancellationToken })
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The workflow server does not answer.");
    }
}
