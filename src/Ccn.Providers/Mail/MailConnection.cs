using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Ccn.Providers.Mail;

/// <summary>Sends messages one after the other over one connection, which is opened by the first.</summary>
public sealed class MailConnection(MailOptions options) : IDisposable
{
    /// <summary>The longest wait for one answer of the server.</summary>
    private const int TimeoutMilliseconds = 15_000;

    private readonly SmtpClient client = new() { Timeout = TimeoutMilliseconds };

    /// <summary>Hands a message over; its sender is filled in. The server answers for it from then on.</summary>
    /// <exception cref="ProviderException"><c>Rejected</c> when the server refuses this message or receiver for good, <c>Unavailable</c> when it cannot take it now; its code is
    /// <see cref="ProviderCodes.ConnectionLost"/> when that holds for every message.</exception>
    public async Task SendAsync(MimeMessage message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.From.Add(new MailboxAddress("CCN", options.From));
        try
        {
            await ConnectAsync(cancel);
            await client.SendAsync(message, cancel);
        }
        catch (SmtpCommandException e) when ((int)e.StatusCode >= 500 && e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            throw new ProviderException(ProviderNames.Mail, ProviderFailure.Rejected, FormattableString.Invariant($"smtp_{(int)e.StatusCode}"), e.Message, innerException: e);
        }
        catch (SmtpCommandException e)
        {
            throw new ProviderException(ProviderNames.Mail, ProviderFailure.Unavailable, FormattableString.Invariant($"smtp_{(int)e.StatusCode}"), e.Message, innerException: e);
        }
        catch (Exception e) when (e is SmtpProtocolException or AuthenticationException or SslHandshakeException or ServiceNotConnectedException
            or SocketException or IOException or TimeoutException)
        {
            throw new ProviderException(ProviderNames.Mail, ProviderFailure.Unavailable, ProviderCodes.ConnectionLost, e.Message, innerException: e);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task ConnectAsync(CancellationToken cancel)
    {
        if (client.IsConnected) { return; }

        await client.ConnectAsync(options.Host, options.Port, options.Security, cancel);
        if (options.UserName is { Length: > 0 } user) { await client.AuthenticateAsync(user, options.Password ?? "", cancel); }
    }
}
