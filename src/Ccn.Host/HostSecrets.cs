using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Ccn.Host;

/// <summary>A key pair for push services (VAPID), base64url: the uncompressed P-256 point and its private scalar.</summary>
internal sealed record PushKeys(string Public, string Private)
{
    public static PushKeys Create()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = pair.ExportParameters(includePrivateParameters: true);
        return new(Base64Url.EncodeToString([4, .. key.Q.X!, .. key.Q.Y!]), Base64Url.EncodeToString(key.D!));
    }
}

/// <summary>Secrets of one machine, made at the first start and kept in its home folder, readable by the owner only.</summary>
internal sealed record HostSecrets(string DatabasePassword, string LinkKey, string DocuSignHmacKey, string DocuSignPrivateKeyPem, string StripeWebhookSecret, string NetworkHmacSecret, string PayPalCertificatePem, PushKeys PushKeys)
{
    public static async Task<HostSecrets> LoadAsync(string home, CancellationToken cancel)
    {
        var path = Path.Combine(home, "secrets.json");
        if (File.Exists(path))
        {
            var known = JsonSerializer.Deserialize<HostSecrets>(await File.ReadAllBytesAsync(path, cancel))!;
            if (known.PushKeys is not null) { return known; }

            // A home that is older than web push.
            var completed = known with { PushKeys = PushKeys.Create() };
            await WriteAsync(path, completed, cancel);
            return completed;
        }

        using var rsa = RSA.Create(2048);
        using var certificate = Sandbox.SandboxOptions.CreatePayPalCertificate();
        var made = new HostSecrets(Random(), Random(), Random(), rsa.ExportPkcs8PrivateKeyPem(), "whsec_" + Random(), Random(),
            certificate.ExportCertificatePem() + "\n" + certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem(), PushKeys.Create());
        await WriteAsync(path, made, cancel);
        return made;
    }

    public X509Certificate2 PayPalCertificate() => X509Certificate2.CreateFromPem(PayPalCertificatePem, PayPalCertificatePem);

    // Written whole before it is named: a start that was killed in between makes them again, or has the old ones.
    private static async Task WriteAsync(string path, HostSecrets secrets, CancellationToken cancel)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }

        await using (var file = new FileStream(fresh, options)) { await JsonSerializer.SerializeAsync(file, secrets, cancellationToken: cancel); }

        File.Move(fresh, path, overwrite: true);
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
