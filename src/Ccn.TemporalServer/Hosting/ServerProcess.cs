using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Console;

namespace Ccn.TemporalServer.Hosting;

/// <summary>The server as a process: from the command line to the exit code.</summary>
internal static partial class ServerProcess
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int BadUsage = 2;

    /// <summary>Runs until SIGTERM or SIGINT. A second one of them ends the process at once.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (arguments is [] or ["--help" or "-h" or "help"])
        {
            await Console.Out.WriteLineAsync(CommandLine.Usage);
            return arguments.Count == 0 ? BadUsage : Success;
        }

        ServerCommand command;
        try
        {
            command = CommandLine.Parse(arguments, Environment.GetEnvironmentVariable);
        }
        catch (CommandLineException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message} See --help.");
            return BadUsage;
        }

        using var loggers = LoggerFactory.Create(logging => Configure(logging, command));
        using var stop = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        command.Options.LoggerFactory = loggers;
        return await RunAsync(command, loggers.CreateLogger(typeof(ServerProcess)), stop.Token);
    }

    private static async Task<int> RunAsync(ServerCommand command, ILogger logger, CancellationToken stop)
    {
        foreach (var note in command.Notes)
        {
            LogNote(logger, note);
        }

        try
        {
            await using var server = await EmbeddedTemporalServer.StartAsync(command.Options, stop);
            LogListening(logger, server.Address);
            if (server.UiAddress is { } ui)
            {
                LogUi(logger, ui);
            }

            await Task.WhenAny(server.Completion, Task.Delay(Timeout.Infinite, stop));
            if (server.Completion.IsFaulted)
            {
                LogGaveUp(logger, server.Completion.Exception.InnerException!.Message);
                return Failure;
            }

            return Success;
        }
        catch (TemporalServerStartException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failure;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Success;
        }
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }

    private static void Configure(ILoggingBuilder logging, ServerCommand command)
    {
        logging.SetMinimumLevel(command.LogLevel);

        // Kestrel and gRPC tell of every connection; that is only for debugging.
        logging.AddFilter("Microsoft", command.LogLevel == LogLevel.Debug ? LogLevel.Debug : LogLevel.Warning);
        logging.AddFilter("Grpc", command.LogLevel == LogLevel.Debug ? LogLevel.Debug : LogLevel.Critical);
        logging.AddConsole(console => console.FormatterName = command.JsonLog ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple);
    }

    [LoggerMessage(LogLevel.Information, "Listening on {Address}.")]
    private static partial void LogListening(ILogger logger, string address);

    [LoggerMessage(LogLevel.Information, "Web UI: {Address}")]
    private static partial void LogUi(ILogger logger, Uri address);

    [LoggerMessage(LogLevel.Information, "{Note}")]
    private static partial void LogNote(ILogger logger, string note);

    [LoggerMessage(LogLevel.Critical, "Stopping: {Reason}")]
    private static partial void LogGaveUp(ILogger logger, string reason);
}
