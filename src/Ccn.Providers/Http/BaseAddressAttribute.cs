using System.ComponentModel.DataAnnotations;

namespace Ccn.Providers.Http;

/// <summary>
/// An absolute address of a provider. Secrets are sent there, so plain http is allowed only where the traffic stays on the machine or
/// in its private network: loopback and names without a dot, as containers have.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BaseAddressAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        return value is null || (value is Uri address && IsAllowed(address))
            ? ValidationResult.Success
            : new($"{validationContext.DisplayName} must be an absolute https address without query (http only for this machine or a name without a dot).");
    }

    /// <summary>The address with a slash at its end, so that relative paths are appended and not put in place of its last segment.</summary>
    internal static Uri WithSlash(Uri address) =>
        address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");

    private static bool IsAllowed(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0) { return false; }
        return address.Scheme == Uri.UriSchemeHttps
            || (address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || !address.Host.Contains('.', StringComparison.Ordinal)));
    }
}
