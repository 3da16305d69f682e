using System.Security.Cryptography;
using Ccn.Providers.Amazon;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ccn.Providers.Tests;

/// <summary>The clients as the worker registers them, pointed at one address.</summary>
public sealed class Clients : IAsyncDisposable
{
    public static readonly AmazonSeller Seller = new("A3SANDBOXSELLER", "Atzr|A3SANDBOXSELLER");

    private static readonly string Key = NewKey();

    private readonly ServiceProvider services;

    public Clients(Uri address, TimeProvider? time = null, params (string Key, string Value)[] changes)
    {
        var collection = new ServiceCollection();
        if (time is not null) { collection.AddSingleton(time); }
        collection.AddLogging();
        collection.AddCcnProviders(Configuration(address, changes));
        services = collection.BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => services.DisposeAsync();

    public static IConfiguration Configuration(Uri address, params (string Key, string Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Providers:DocuSign:BaseAddress"] = new Uri(address, "docusign/").AbsoluteUri,
            ["Providers:DocuSign:AccountId"] = "b1f6c5a8-3d58-4b7f-8a58-0c9de4b0f001",
            ["Providers:DocuSign:IntegrationKey"] = "6f8f2d5e-1c1c-4b57-9d0e-2f1b8b6a7c10",
            ["Providers:DocuSign:UserId"] = "8a2b7d1e-43a0-4ad4-8f3a-f4f1f2a3b4c5",
            ["Providers:DocuSign:PrivateKeyPem"] = Key,
            ["Providers:Amazon:BaseAddress"] = new Uri(address, "amazon/").AbsoluteUri,
            ["Providers:Amazon:ClientId"] = "amzn1.application-oa2-client.sandbox",
            ["Providers:Amazon:ClientSecret"] = "amzn1.oa2-cs.v1.sandbox",
            ["Providers:PayPal:BaseAddress"] = new Uri(address, "paypal/").AbsoluteUri,
            ["Providers:PayPal:ClientId"] = "sandbox-paypal-client",
            ["Providers:PayPal:ClientSecret"] = "sandbox-paypal-secret",
            ["Providers:Alibaba:BaseAddress"] = new Uri(address, "alibaba/").AbsoluteUri,
            ["Providers:Alibaba:AppKey"] = "500001",
            ["Providers:Alibaba:AppSecret"] = "sandbox-alibaba-secret",
            ["Providers:Alibaba:RefreshToken"] = "refresh-1",
            ["Providers:Network:BaseAddress"] = new Uri(address, "network/").AbsoluteUri,
            ["Providers:Network:ApiKey"] = "sandbox-network-key",
            ["Providers:Stripe:BaseAddress"] = new Uri(address, "stripe/").AbsoluteUri,
            ["Providers:Stripe:ApiKey"] = "sk_test_sandbox",
            ["Providers:Mail:Host"] = "127.0.0.1",
            ["Providers:Mail:From"] = "notices@ccn.example",
            ["Providers:Push:PublicKey"] = "public",
            ["Providers:Push:PrivateKey"] = "private",
            ["Providers:Push:Subject"] = "mailto:ops@ccn.example",
        };
        foreach (var (key, value) in changes) { settings[key] = value; }
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private static string NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }
}
