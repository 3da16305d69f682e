using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ccn.Data;
using Ccn.Data.Accounts;
using Ccn.Data.Ledger;
using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Ccn.Domain.Licences;
using Ccn.Domain.Sourcing;
using Ccn.Sandbox;
using Ccn.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Ccn.Activities.Tests;

/// <summary>The activities as the worker registers them, on a database and a sandbox of their own, all on one virtual clock.</summary>
public sealed class World(PostgresServer server) : IAsyncLifetime
{
    public const string Us = "ATVPDKIKX0DER", AmazonSeller = "A3SANDBOXSELLER";

    private readonly CcnDatabase database = new(server);
    private readonly string files = Path.Combine(Path.GetTempPath(), $"ccn-activities-{Guid.NewGuid():N}");
    private readonly TemporalFixture temporal = new();
    private WebApplication sandbox = null!;
    private HttpClient control = null!;
    private ServiceProvider services = null!;
    private int sequence;

    private static readonly (string Public, string Private) PushKeys = NewPushKeys();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        await temporal.InitializeAsync();
        sandbox = SandboxApp.Create(new SandboxOptions { Url = "http://127.0.0.1:0", Clock = Time }, builder => builder.Logging.ClearProviders());
        await sandbox.StartAsync();
        var address = new Uri(sandbox.Urls.First());
        control = new HttpClient { BaseAddress = address };
        var collection = new ServiceCollection();
        collection.AddLogging().AddSingleton<TimeProvider>(Time).AddSingleton(temporal.Client);
        collection.AddCcnData(database.ConnectionString);
        collection.AddCcnActivities(Configuration(address, SandboxApp.SmtpPortOf(sandbox), files));
        services = collection.BuildServiceProvider(validateScopes: true);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        control.Dispose();
        await sandbox.DisposeAsync();
        await temporal.DisposeAsync();
        await database.DisposeAsync();
        if (Directory.Exists(files)) { Directory.Delete(files, recursive: true); }
    }

    /// <summary>The sandbox itself, for what it was sent.</summary>
    public HttpClient Sandbox => control;

    public Uri SandboxUrl => control.BaseAddress!;

    public ITemporalClient Temporal => temporal.Client;

    public string NewId(string prefix) => $"{prefix}_{Interlocked.Increment(ref sequence):D32}";

    /// <summary>Runs an activity as a worker does: in a scope and an activity context of its own.</summary>
    public async Task<TResult> RunAsync<TActivities, TResult>(Func<TActivities, Task<TResult>> call)
        where TActivities : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await new ActivityEnvironment().RunAsync(() => call(scope.ServiceProvider.GetRequiredService<TActivities>()));
    }

    /// <summary>Runs an activity whose class gets something else than what is registered, such as settings of a server that is not there.</summary>
    public async Task<TResult> RunWithAsync<TActivities, TResult>(Func<TActivities, Task<TResult>> call, params object[] instead)
    {
        await using var scope = services.CreateAsyncScope();
        var activities = ActivatorUtilities.CreateInstance<TActivities>(scope.ServiceProvider, instead);
        return await new ActivityEnvironment().RunAsync(() => call(activities));
    }

    public Task RunAsync<TActivities>(Func<TActivities, Task> call)
        where TActivities : notnull => RunAsync<TActivities, bool>(async activities =>
        {
            await call(activities);
            return true;
        });

    /// <summary>Starts an activity and cuts it off when the condition holds, as when its worker is killed: nothing tells it to finish what it was doing.</summary>
    public async Task KillAsync<TActivities>(Func<TActivities, Task> call, Func<Task<bool>> when)
        where TActivities : notnull
    {
        await using var scope = services.CreateAsyncScope();
        var environment = new ActivityEnvironment();
        var running = environment.RunAsync(() => call(scope.ServiceProvider.GetRequiredService<TActivities>()));
        while (!running.IsCompleted && !await when()) { await Task.Delay(1, TestContext.Current.CancellationToken); }

        environment.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <summary>Runs an activity twice with the same input, as after a lost answer; both answers must be equal.</summary>
    public async Task<TResult> TwiceAsync<TActivities, TResult>(Func<TActivities, Task<TResult>> call)
        where TActivities : notnull
    {
        var first = await RunAsync(call);
        Assert.Equivalent(first, await RunAsync(call), strict: true);
        return first;
    }

    public async Task<ApplicationFailureException> FailsAsync<TActivities, TResult>(Func<TActivities, Task<TResult>> call)
        where TActivities : notnull => await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(call));

    public async Task<T> ReadAsync<T>(Func<CcnDbContext, Task<T>> read)
    {
        await using var db = database.Open();
        return await read(db);
    }

    public Task SaveAsync(params object[] rows) => ReadAsync(async db =>
    {
        db.AddRange(rows);
        return await db.SaveChangesAsync();
    });

    public Task AppendAsync(string? designId, params EventData[] data) => ReadAsync(db =>
        EventStore.AppendAsync(db, [.. data.Select(d => new BusinessEvent($"test:{Guid.NewGuid():N}", designId, "Test", Time.GetUtcNow(), null, d))]));

    /// <summary>A user, with an address for the e-sign provider.</summary>
    public async Task<string> AddUserAsync(string name)
    {
        var id = NewId("usr");
        await SaveAsync(new CcnUser { Id = id, DisplayName = name, Handle = id.Replace('_', '-'), UserName = id, Email = $"{name.ToLowerInvariant()}{sequence}@example.com", CreatedAt = Time.GetUtcNow() });
        return id;
    }

    /// <summary>A seller that is connected to Amazon and has a card.</summary>
    public async Task<SellerAccount> AddSellerAsync(string amazonSeller, string card = "pm_card_visa")
    {
        var sellerId = await AddUserAsync("Seller");
        var token = await services.GetRequiredService<TokenVault>().KeepAsync($"Atzr|{amazonSeller}", Time.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, "stripe/v1/customers") { Content = new FormUrlEncodedContent([new("name", "Seller")]) };
        request.Headers.Authorization = new("Bearer", "sk_test_sandbox");
        using var response = await control.SendAsync(request);
        var customer = (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
        var account = new SellerAccount
        {
            Id = NewId("sac"), SellerId = sellerId, AmazonSellerId = amazonSeller, RefreshTokenReference = token, Marketplace = Us, StripeCustomerId = customer,
            StripePaymentMethodId = card, Verified = true, CreatedAt = Time.GetUtcNow(),
        };
        await SaveAsync(account);
        return account;
    }

    /// <summary>Terms of a licence: 10 % of gross, 10 % platform fee, no reserve, one payee.</summary>
    public LicenceTerms Terms(string creatorId, string sellerId, int reserve = 0, RoyaltyBase on = RoyaltyBase.Gross) => new(
        NewId("lic"), 1, NewId("dsg"), "Cat mug", new string('a', 64), creatorId, sellerId, RoyaltyMode.Percent, on, 1_000, null, "USD", true, "US", 24, "America/Los_Angeles",
        1_000, reserve, 60, 0, [new(creatorId, 10_000)]);

    /// <summary>A licence on record with a listing of its SKU.</summary>
    public async Task<LicenceTerms> AddListingAsync(LicenceTerms terms, SellerAccount account, string sku)
    {
        await AppendAsync(terms.DesignId, new LicenceDrafted(terms, NewId("bid"), "hash"), new ListingOpened(NewId("lst"), terms.LicenceId, account.SellerId, account.Id, sku, account.Marketplace));
        return terms;
    }

    public async Task<JsonNode> ControlAsync(string path, object body)
    {
        using var response = await control.PostAsJsonAsync("_control/" + path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>What the providers accepted with effect.</summary>
    public async Task<IReadOnlyList<JsonNode>> LogAsync(string kind) =>
        [.. (await control.GetFromJsonAsync<JsonArray>($"_control/log?kind={kind}"))!.Select(entry => entry!)];

    /// <summary>Moves the clock and waits until the sandbox, whose steps run on threads of their own, has done what fell due.</summary>
    public async Task AdvanceAsync(TimeSpan by, Func<Task<bool>>? until = null)
    {
        Time.Advance(by);
        for (var attempt = 0; until is not null && !await until(); attempt++)
        {
            Assert.True(attempt < 500, "The sandbox never got there.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Debits equal credits in every currency.</summary>
    public Task AssertBalancedAsync() => ReadAsync(async db =>
    {
        var balances = await TrialBalance.ReadAsync(db);
        Assert.All(balances.GroupBy(b => b.Currency, StringComparer.Ordinal), currency => Assert.Equal(currency.Sum(b => b.DebitMinor), currency.Sum(b => b.CreditMinor)));
        return true;
    });

    public Task<long> BalanceAsync(Domain.Ledger.Account account, string? owner, string currency = "USD") =>
        ReadAsync(async db => (await TrialBalance.OfAsync(db, account, owner, currency)).MinorUnits);

    public static Data.Sourcing.SupplierProfile Supplier(string id, SupplierChannel channel, string reference, string calendar = "CN", string zone = "Asia/Shanghai", decimal rating = 4, params string[] categories) => new()
    {
        Id = id, Name = id, Channel = channel, Country = "CN", Calendar = calendar, Zone = zone, ProviderReference = reference, Categories = categories, Rating = rating, RatingCount = 5,
        MinimumOrderQuantity = 100, LeadTimeDays = 30, Vetted = true,
    };

    private static (string Public, string Private) NewPushKeys()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = pair.ExportParameters(includePrivateParameters: true);
        return (Base64Url.EncodeToString([4, .. key.Q.X!, .. key.Q.Y!]), Base64Url.EncodeToString(key.D!));
    }

    private static IConfiguration Configuration(Uri address, int smtpPort, string files)
    {
        using var rsa = RSA.Create(2048);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Files:Root"] = files, ["Links:PublicUrl"] = "https://ccn.example", ["Links:SigningKey"] = "0123456789abcdef0123456789abcdef",
            ["Providers:DocuSign:BaseAddress"] = new Uri(address, "docusign/").AbsoluteUri, ["Providers:DocuSign:AccountId"] = "b1f6c5a8-3d58-4b7f-8a58-0c9de4b0f001",
            ["Providers:DocuSign:IntegrationKey"] = "6f8f2d5e-1c1c-4b57-9d0e-2f1b8b6a7c10", ["Providers:DocuSign:UserId"] = "8a2b7d1e-43a0-4ad4-8f3a-f4f1f2a3b4c5",
            ["Providers:DocuSign:PrivateKeyPem"] = rsa.ExportPkcs8PrivateKeyPem(), ["Providers:Amazon:BaseAddress"] = new Uri(address, "amazon/").AbsoluteUri,
            ["Providers:Amazon:ClientId"] = "amzn1.application-oa2-client.sandbox", ["Providers:Amazon:ClientSecret"] = "amzn1.oa2-cs.v1.sandbox",
            ["Providers:PayPal:BaseAddress"] = new Uri(address, "paypal/").AbsoluteUri, ["Providers:PayPal:ClientId"] = "sandbox-paypal-client", ["Providers:PayPal:ClientSecret"] = "sandbox-paypal-secret",
            ["Providers:Alibaba:BaseAddress"] = new Uri(address, "alibaba/").AbsoluteUri, ["Providers:Alibaba:AppKey"] = "500001", ["Providers:Alibaba:AppSecret"] = "sandbox-alibaba-secret",
            ["Providers:Alibaba:RefreshToken"] = "unused", ["Providers:Network:BaseAddress"] = new Uri(address, "network/").AbsoluteUri, ["Providers:Network:ApiKey"] = "sandbox-network-key",
            ["Providers:Stripe:BaseAddress"] = new Uri(address, "stripe/").AbsoluteUri, ["Providers:Stripe:ApiKey"] = "sk_test_sandbox",
            ["Providers:Mail:Host"] = "127.0.0.1", ["Providers:Mail:Port"] = smtpPort.ToString(CultureInfo.InvariantCulture), ["Providers:Mail:Security"] = "None", ["Providers:Mail:From"] = "notices@ccn.example",
            ["Providers:Push:PublicKey"] = PushKeys.Public, ["Providers:Push:PrivateKey"] = PushKeys.Private, ["Providers:Push:Subject"] = "mailto:ops@ccn.example",
        };
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }
}
