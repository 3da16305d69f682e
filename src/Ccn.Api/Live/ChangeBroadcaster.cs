using Ccn.Data.Lifecycle;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Ccn.Api.Live;

/// <summary>Passes the database's announcements on to the tabs that watch: whichever process made the change, every site hears of it.</summary>
internal sealed partial class ChangeBroadcaster(NpgsqlDataSource source, IHubContext<LiveHub> hub, RecentChanges recent, ILogger<ChangeBroadcaster> logger) : BackgroundService
{
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try { await Changes.ListenAsync(source, Send, stoppingToken); }
            catch (OperationCanceledException) { return; }
            catch (Exception e) when (e is NpgsqlException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                LogLost(e);
                await Task.Delay(BeforeRetry, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Send(string id)
    {
        recent.Note(id);
        _ = hub.Clients.Group(id).SendAsync("changed", new Change(id));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection that hears of changes was lost; pages are not live until it is back")]
    private partial void LogLost(Exception exception);
}
