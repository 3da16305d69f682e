using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ccn.Providers.DocuSign;

namespace Ccn.Providers.Tests.DocuSign;

public sealed class AssertionTests
{
    [Fact]
    public void An_assertion_is_signed_and_names_app_user_and_audience_without_scheme()
    {
        using var rsa = RSA.Create(2048);
        var options = new DocuSignOptions
        {
            BaseAddress = new("https://demo.docusign.net"),
            AuthAddress = new("https://account-d.docusign.com"),
            IntegrationKey = "key",
            UserId = "user",
            PrivateKeyPem = rsa.ExportRSAPrivateKeyPem(),
        };
        var parts = DocuSignTokens.Assertion(options, DateTimeOffset.FromUnixTimeSeconds(1_790_000_000)).Split('.');
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal("""{"typ":"JWT","alg":"RS256"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        Assert.Equal(("key", "user", "account-d.docusign.com", "signature impersonation"), (Text("iss"), Text("sub"), Text("aud"), Text("scope")));
        Assert.Equal((1_790_000_000, 1_790_000_600), (claims.GetProperty("iat").GetInt64(), claims.GetProperty("exp").GetInt64()));

        string? Text(string name) => claims.GetProperty(name).GetString();
    }
}
