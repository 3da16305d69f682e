using System.ComponentModel;
using Spectre.Console.Cli;

namespace Ccn.Host;

/// <summary>Options of the all-in-one host.</summary>
internal sealed class HostSettings : CommandSettings
{
    [CommandOption("--url <URL>"), Description("Address of the site.")]
    [DefaultValue("http://localhost:5000")]
    public string Url { get; init; } = "http://localhost:5000";

    [CommandOption("--home <FOLDER>"), Description("Where data stays between starts; CCN_HOME when not given, else a folder of the user's.")]
    public string? Home { get; init; }

    [CommandOption("--temporal <ADDRESS>"), Description("Use a Temporal server or cluster at host:port instead of the embedded one. Its clock cannot be moved, so no demo history is lived.")]
    public string? Temporal { get; init; }

    [CommandOption("--namespace <NAME>"), Description("Temporal namespace.")]
    [DefaultValue("default")]
    public string Namespace { get; init; } = "default";

    [CommandOption("--no-demo"), Description("Start empty: demo accounts, but no demo history.")]
    public bool NoDemo { get; init; }

    [CommandOption("--designs <COUNT>"), Description("How many designs the demo history has.")]
    [DefaultValue(60)]
    public int Designs { get; init; } = 60;

    [CommandOption("--simulate"), Description("Play one year of one design on a throw-away database, print its timeline and ledger, and stop.")]
    public bool Simulate { get; init; }

    [CommandOption("--provider-delay <TIME>"), Description("How long the sandbox's marketplace and payout provider take (hh:mm:ss); about what the real ones take when left out.")]
    public TimeSpan? ProviderDelay { get; init; }

    [CommandOption("--open-clock"), Description("Let programs on this machine move the clock through the workflow server's TestService.")]
    public bool OpenClock { get; init; }

    /// <summary>The folder that keeps data, secrets and files.</summary>
    public string HomeFolder => Path.GetFullPath(Home ?? Environment.GetEnvironmentVariable("CCN_HOME")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "ccn"));
}
