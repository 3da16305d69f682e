using System.ComponentModel.DataAnnotations;
using System.Text;
using Ccn.Domain.Sourcing;

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

    /// <summary>The page on which a person at the supplier answers.</summary>
    public string PageFor(SignedLink link) => $"{PublicUrl.TrimEnd('/')}/supplier/{link.ToToken(KeyBytes)}";

    /// <summary>The door by which the supplier's program answers.</summary>
    public string DoorFor(SignedLink link) => $"{PublicUrl.TrimEnd('/')}/v1/supplier-links/{link.ToToken(KeyBytes)}";
}
