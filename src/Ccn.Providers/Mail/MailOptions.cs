using System.ComponentModel.DataAnnotations;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Mail;

/// <summary>The mail server that takes our messages, section <c>Providers:Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Providers:Mail";

    /// <summary>Host name of the SMTP server, or our sandbox.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>587 for submission with STARTTLS, 465 for TLS from the start.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is encrypted. <c>None</c> is for a server on this machine only.</summary>
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.StartTls;

    /// <summary>Account at the server; null when it asks for none.</summary>
    public string? UserName { get; set; }

    /// <summary>Password of the account. A secret.</summary>
    public string? Password { get; set; }

    /// <summary>Sender of all messages.</summary>
    [Required, EmailAddress]
    public string From { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class MailOptionsValidator : IValidateOptions<MailOptions>;
