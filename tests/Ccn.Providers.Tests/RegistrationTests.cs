using Ccn.Providers.Alibaba;
using Ccn.Providers.Amazon;
using Ccn.Providers.DocuSign;
using Ccn.Providers.Network;
using Ccn.Providers.PayPal;
using Ccn.Providers.Stripe;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Tests;

public sealed class RegistrationTests
{
    private static readonly Uri Address = new("http://127.0.0.1:5600/");

    [Fact]
    public void A_complete_configuration_starts() => Start(Address);

    [Theory]
    [InlineData("Providers:DocuSign:AccountId", "")]
    [InlineData("Providers:DocuSign:PrivateKeyPem", "no key")]
    [InlineData("Providers:Amazon:ClientSecret", "")]
    [InlineData("Providers:PayPal:BaseAddress", "")]
    [InlineData("Providers:PayPal:BaseAddress", "http://api-m.paypal.com/")]
    [InlineData("Providers:PayPal:BaseAddress", "/relative")]
    [InlineData("Providers:Alibaba:AppSecret", "")]
    [InlineData("Providers:Network:ApiKey", "")]
    [InlineData("Providers:Stripe:ApiKey", "")]
    [InlineData("Providers:Mail:Host", "")]
    [InlineData("Providers:Mail:From", "nobody")]
    [InlineData("Providers:Push:PublicKey", "")]
    [InlineData("Providers:Push:Subject", "ops")]
    [InlineData("Providers:Stripe:BaseAddress", "ftp://api.stripe.com")]
    public void A_missing_or_unsafe_setting_stops_the_start(string key, string value) =>
        Assert.Throws<OptionsValidationException>(() => Start(Address, (key, value)));

    [Theory]
    [InlineData("https://api-m.paypal.com")]
    [InlineData("http://localhost:5600/paypal")]
    [InlineData("http://sandbox:8080/paypal/")]
    public void Addresses_of_a_provider_of_this_machine_and_of_a_container_are_taken(string address) => Start(Address, ("Providers:PayPal:BaseAddress", address));

    [Fact]
    public void The_message_about_a_bad_key_does_not_quote_it()
    {
        var e = Assert.Throws<OptionsValidationException>(() => Start(Address, ("Providers:DocuSign:PrivateKeyPem", "-----BEGIN SECRET")));
        Assert.DoesNotContain("SECRET", e.Message, StringComparison.Ordinal);
    }

    private static void Start(Uri address, params (string Key, string Value)[] changes)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCcnProviders(Clients.Configuration(address, changes));
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        provider.GetRequiredService<IStartupValidator>().Validate();
        Assert.All(
            new[] { typeof(IDocuSignApi), typeof(IListingsApi), typeof(IOrdersApi), typeof(IFinancesApi), typeof(IProductFeesApi), typeof(IPayPalPayoutsApi), typeof(IAlibabaProductsApi), typeof(INetworkApi), typeof(AlibabaRfqHandOff) },
            type => Assert.NotNull(provider.GetRequiredService(type)));
        Assert.EndsWith("/stripe", provider.GetRequiredService<IOptions<StripeOptions>>().Value.ApiBase, StringComparison.Ordinal);
    }
}
