using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Ccn.Host;

/// <summary>Secrets of one machine, made at the first start and kept in its home folder, readable by the owner only.</summary>
internal sealed record HostSecrets(string DatabasePassword, string LinkKey, string DocuSignHmacKey, string DocuSignPrivateKeyPem, string StripeWebhookSecret, string NetworkHmacSecret, string PayPalCertificatePem)
{
    public static async Task<HostSecrets> LoadAsync(string home, CancellationToken cancel)
    {
        var path = Path.Combine(home, "secrets.json");
        if (File.Exists(path)) { return JsonSerializer.Deserialize<HostSecrets>(await File.ReadAllBytesAsync(path, cancel))!; }

        using var rsa = RSA.Create(2048);
        using var certificate = Sandbox.SandboxOptions.CreatePayPalCertificate();
        var made = new HostSecrets(Random(), Random(), Random(), rsa.ExportPkcs8PrivateKeyPem(), "whsec_" + Random(), Random(),
            certificate.ExportCertificatePem() + "\n" + certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }

        await using (var file = new FileStream(path, options))
        {
            await JsonSerializer.SerializeAsync(file, made, cancellationToken: cancel);
        }

        return made;
    }

    public X509Certificate2 PayPalCertificate() => X509Certificate2.CreateFromPem(PayPalCertificatePem, PayPalCertificatePem);

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
