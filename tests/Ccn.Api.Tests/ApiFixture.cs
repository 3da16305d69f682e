using System.Net;
using Ccn.Data;
using Ccn.Data.Accounts;
using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Ccn.ServiceDefaults;
using Ccn.TemporalServer.Hosting;
using Ccn.Testing;
using Ccn.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace Ccn.Api.Tests;

/// <summary>
/// The real API on a port of its own, with a migrated throw-away database, a Temporal server in this process and workers that
/// run the real workflows; only the activities are doubles. Time moves when a test passes it (<see cref="PassAsync"/>).
/// </summary>
public sealed class ApiFixture(PostgresServer postgres) : IAsyncLifetime
{
    public const string PublicUrl = "https://ccn.example";
    public const string LinkKey = "a-signing-key-of-more-than-32-characters";
    private readonly CcnDatabase database = new(postgres);
    private readonly string files = Directory.CreateTempSubdirectory("ccn-api-tests-").FullName;
    private EmbeddedTemporalServer? server;
    private TestWorkers? workers;
    private WebApplication? app;
    private int people;

    internal ProviderKeys Keys { get; } = new();

    public Uri Address { get; private set; } = null!;

    public ITemporalClient Temporal { get; private set; } = null!;

    public IServiceProvider Services => app!.Services;

    public DateTimeOffset Now => server!.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        await Keys.ServeCertificateAsync();
        server = await EmbeddedTemporalServer.StartAsync(new()
        {
            SearchAttributes = CcnSearchAttributes.All.ToDictionary(attribute => attribute.Key, attribute => attribute.Value, StringComparer.Ordinal),
        });
        Temporal = await TemporalClient.ConnectAsync(new(server.Address) { DataConverter = CcnPayloadConverter.DataConverter });
        workers = TestWorkers.Start(Temporal, database, server.Clock);
        app = Build();
        await app.StartAsync();
        Address = new Uri(app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) { await app.DisposeAsync(); }

        if (workers is not null) { await workers.DisposeAsync(); }

        if (server is not null) { await server.DisposeAsync(); }

        await Keys.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(files, recursive: true);
    }

    /// <summary>Lets time pass: everything that falls due meanwhile happens in order.</summary>
    public Task PassAsync(TimeSpan time) => server!.Clock.SleepAsync(time, CancellationToken.None);

    public CcnDbContext OpenDatabase() => database.Open();

    /// <summary>Puts facts on record as the workflows' activity does.</summary>
    internal async Task RecordAsync(params IReadOnlyList<BusinessEvent> events)
    {
        await using var db = database.Open();
        await EventStore.AppendAsync(db, events);
    }

    /// <summary>A new person, signed in by token. Roles that nobody can choose are given as an admin would.</summary>
    internal async Task<Person> SignUpAsync(string role = "member")
    {
        var number = Interlocked.Increment(ref people);
        var open = role is "member" or "creator" or "seller";
        var person = new Person(this, $"person{number}@ccn.example", $"long-enough-{number}", "person-" + number);
        await person.RegisterAsync(open ? role : "member");
        if (!open)
        {
            await using var scope = Services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<CcnUser>>();
            var given = await users.AddToRoleAsync((await users.FindByIdAsync(person.Id))!, role);
            Assert.True(given.Succeeded);
        }

        return person;
    }

    /// <summary>Waits until something that other parts do by themselves is there to see.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> seen, string what)
    {
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (!await seen())
        {
            Assert.True(DateTime.UtcNow < limit, $"Not seen within a minute: {what}.");
            await Task.Delay(20);
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls($"http://{IPAddress.Loopback}:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Ccn"] = database.ConnectionString,
            ["Temporal:Address"] = server!.Address,
            ["Files:Root"] = files,
            ["Links:PublicUrl"] = PublicUrl,
            ["Links:SigningKey"] = LinkKey,
            ["Webhooks:DocuSignKeys:0"] = "an-older-key",
            ["Webhooks:DocuSignKeys:1"] = ProviderKeys.DocuSignKey,
            ["Webhooks:PayPalWebhookId"] = ProviderKeys.PayPalWebhookId,
            ["Webhooks:PayPalCertificateHosts:0"] = Keys.CertificateAddress.Authority,
            ["Webhooks:PayPalRootPem"] = Keys.RootPem,
            ["Webhooks:StripeSecret"] = ProviderKeys.StripeSecret,
        });
        builder.Services.AddSingleton<TimeProvider>(server.Clock);
        builder.AddCcnServiceDefaults("ccn-api");
        builder.AddCcnApi();
        var built = builder.Build();
        built.UseCcnApi();
        built.MapCcnApi();
        return built;
    }
}
