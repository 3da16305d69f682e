using System.Buffers;
using System.Net;
using Ccn.Sandbox.Core;
using MimeKit;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Ccn.Sandbox.Mail;

/// <summary>
/// An SMTP server on this machine that takes every message and forwards none. An address that begins with <c>refused</c> does not exist here, so that a
/// client can see a receiver refused for good; a fault for <c>mail</c> of the kind <c>error</c> makes it take no message for now.
/// </summary>
internal sealed class MailServer(SandboxOptions options, SandboxStore store, Mailbox mailbox) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task? running;

    /// <summary>The port it listens on, once started.</summary>
    public int Port { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var server = new SmtpServerOptionsBuilder().ServerName("ccn-sandbox").MaxMessageSize(10_000_000)
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, options.SmtpPort))).Build();
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listeners = new EndpointListenerFactory();
        listeners.EndpointStarted += (_, started) => listening.TrySetResult(((IPEndPoint)started.LocalEndPoint).Port);
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(listeners);
        services.Add(new Store(store, mailbox));
        services.Add(new Receivers());
        running = new SmtpServer.SmtpServer(server, services).StartAsync(stop.Token);
        if (await Task.WhenAny(running, listening.Task) == running) { await running; }

        Port = await listening.Task.WaitAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        if (running is not null) { await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); }
    }

    public void Dispose() => stop.Dispose();

    private sealed class Store(SandboxStore state, Mailbox mailbox) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (state.Change(s => Fault.Take(s, "mail", ["message"], Fault.Error)) is not null) { return new SmtpResponse(SmtpReplyCode.ServiceUnavailable, "No message is taken at the moment"); }

            using var content = new MemoryStream(buffer.ToArray());
            mailbox.Add(await MimeMessage.LoadAsync(content, cancellationToken), [.. transaction.To.Select(to => to.AsAddress())]);
            return SmtpResponse.Ok;
        }
    }

    private sealed class Receivers : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            Task.FromResult(!to.User.StartsWith("refused", StringComparison.OrdinalIgnoreCase));
    }
}
