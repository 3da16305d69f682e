namespace Ccn.Host.Demo;

/// <summary>Time as the actors of a story live it: virtual time that is skipped while everybody waits, or real time.</summary>
internal interface IStoryTime
{
    DateTimeOffset Now { get; }

    /// <summary>Whether waiting costs nothing: then months may be waited for.</summary>
    bool IsSkipped { get; }

    /// <summary>Lets the given time go by. Everything that falls due meanwhile happens.</summary>
    Task PassAsync(TimeSpan duration, CancellationToken cancel);
}
