using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Ccn.Providers.Http;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.DocuSign;

/// <summary>Access to DocuSign eSignature, section <c>Providers:DocuSign</c>. The address alone decides between sandbox and provider.</summary>
public sealed class DocuSignOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Providers:DocuSign";

    /// <summary>The account's <c>base_uri</c> from <c>/oauth/userinfo</c>, such as <c>https://demo.docusign.net</c>.</summary>
    [Required, BaseAddress]
    public Uri? BaseAddress { get; set; }

    /// <summary>Where tokens come from, such as <c>https://account-d.docusign.com</c>; <see cref="BaseAddress"/> when absent.</summary>
    [BaseAddress]
    public Uri? AuthAddress { get; set; }

    /// <summary>The <c>aud</c> of the assertion; the host of <see cref="AuthAddress"/> when absent.</summary>
    public string? Audience { get; set; }

    /// <summary>API account id, a GUID.</summary>
    [Required]
    public string AccountId { get; set; } = "";

    /// <summary>Integration key of the app, the <c>iss</c> of the assertion.</summary>
    [Required]
    public string IntegrationKey { get; set; } = "";

    /// <summary>GUID of the user in whose name envelopes are sent, the <c>sub</c> of the assertion.</summary>
    [Required]
    public string UserId { get; set; } = "";

    /// <summary>RSA private key of the app in PEM form. A secret.</summary>
    [Required]
    public string PrivateKeyPem { get; set; } = "";

    internal Uri AuthBase => BaseAddressAttribute.WithSlash(AuthAddress ?? BaseAddress!);

    internal Uri AccountBase => new(BaseAddressAttribute.WithSlash(BaseAddress!), $"restapi/v2.1/accounts/{Uri.EscapeDataString(AccountId)}/");

    internal string AssertionAudience => Audience ?? AuthBase.Host;
}

[OptionsValidator]
internal sealed partial class DocuSignOptionsValidator : IValidateOptions<DocuSignOptions>;

/// <summary>A key that cannot sign is found at start, not at the first envelope.</summary>
internal sealed class DocuSignKeyValidator : IValidateOptions<DocuSignOptions>
{
    public ValidateOptionsResult Validate(string? name, DocuSignOptions options)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(options.PrivateKeyPem);
            rsa.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return ValidateOptionsResult.Fail($"{nameof(DocuSignOptions.PrivateKeyPem)} is not an RSA private key in PEM form.");   // never quote it
        }
    }
}
