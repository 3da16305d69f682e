namespace Ccn.Host;

/// <summary>How one machine runs the whole product.</summary>
public sealed record AllInOneOptions
{
    /// <summary>Folder that keeps data, files and secrets between starts.</summary>
    public required string Home { get; init; }

    /// <summary>Address of the site; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://localhost:5000";

    /// <summary>host:port of a real Temporal server; null runs the embedded one.</summary>
    public string? Temporal { get; init; }

    public string Namespace { get; init; } = "default";

    /// <summary>Owner's connection string of an existing database; null runs a PostgreSQL of our own.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Where the clock begins on a first start, relative to now: negative for a history that is lived first.</summary>
    public TimeSpan FirstClockOffset { get; init; }

    /// <summary>Lets the workflow server keep its state in memory, for what is thrown away afterwards.</summary>
    public bool ThrowAwayWorkflows { get; init; }

    /// <summary>How long the sandbox's marketplace and payout provider take; null for about what the real ones take. For rehearsals in real time.</summary>
    public TimeSpan? ProviderDelay { get; init; }

    /// <summary>Lets programs on this machine move the clock through the workflow server's TestService. For tests.</summary>
    public bool ClockIsOpen { get; init; }

    /// <summary>Template whose payout rules new payees get; null for the published ones. For rehearsals in real time, which cannot wait for a pay day.</summary>
    public string? PayoutTemplate { get; init; }

    /// <summary>From this amount on, in minor units, two people of finance approve a payout; null for the template's amount.</summary>
    public long? TwoApproversFrom { get; init; }
}
