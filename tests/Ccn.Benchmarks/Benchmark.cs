namespace Ccn.Benchmarks;

/// <summary>Compares a part of the product with its limit, or with its peers, in one run on one machine.</summary>
internal abstract class Benchmark : IAsyncDisposable
{
    /// <summary>Name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What is compared with what, in one sentence.</summary>
    public abstract string About { get; }

    /// <summary>What must be reached. Goals whose subject or reference is absent on this machine are said to be left out.</summary>
    public abstract IReadOnlyList<Goal> Goals { get; }

    /// <summary>Sets up what is measured.</summary>
    public abstract Task<IReadOnlyList<Subject>> PrepareAsync();

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
