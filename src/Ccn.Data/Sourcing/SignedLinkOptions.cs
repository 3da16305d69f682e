using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Ccn.Data.Sourcing;

/// <summary>How signed links are made: the worker makes them, the API opens them, so both get the same key.</summary>
public sealed class SignedLinkOptions
{
    public const string Section = "Links";

    /// <summary>Where people reach the site, without a slash at the end; webhooks come back here too.</summary>
    [Required, Url]
    public string PublicUrl { get; set; } = "http://localhost:5000";

    /// <summary>Secret of at least 32 characters.</summary>
    [Required, MinLength(32)]
    public string SigningKey { get; set; } = "";

    public byte[] KeyBytes => Encoding.UTF8.GetBytes(SigningKey);
}
