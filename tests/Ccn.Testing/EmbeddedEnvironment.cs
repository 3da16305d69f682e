using Google.Protobuf.WellKnownTypes;
using Temporalio.Client;
using Temporalio.Client.Interceptors;
using Temporalio.Testing;

namespace Ccn.Testing;

/// <summary>
/// A test environment over a server that has Temporal's TestService. Time is skipped while a result is awaited and during
/// <see cref="DelayAsync"/>; at all other moments it runs at the real pace, so a test decides when a timer fires.
/// </summary>
public sealed class EmbeddedEnvironment : WorkflowEnvironment
{
    // Many timers may fire on the way, each with work of its own.
    private static readonly TimeSpan LongestSkip = TimeSpan.FromMinutes(5);

    private int skippingDisabled;

    public EmbeddedEnvironment(ITemporalClient client)
        : base(client)
    {
        var options = (TemporalClientOptions)client.Options.Clone();
        options.Interceptors = [new ResultInterceptor(this), .. options.Interceptors ?? []];
        Client = new TemporalClient(client.Connection, options);
    }

    public override bool SupportsTimeSkipping => true;

    /// <summary>Lets this much of the server's time pass, timer by timer.</summary>
    public override async Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null) =>
        await Client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(new() { Duration = Duration.FromTimeSpan(delay) }, new() { CancellationToken = cancellationToken, Timeout = LongestSkip });

    public override async Task<DateTime> GetCurrentTimeAsync() => (await Client.Connection.TestService.GetCurrentTimeAsync(new Empty())).Time.ToDateTime();

    public override async Task<T> WithAutoTimeSkippingDisabledAsync<T>(Func<Task<T>> func)
    {
        Interlocked.Increment(ref skippingDisabled);
        try { return await func(); }
        finally { Interlocked.Decrement(ref skippingDisabled); }
    }

    private async Task<T> SkippingAsync<T>(Func<Task<T>> wait)
    {
        if (Volatile.Read(ref skippingDisabled) > 0) { return await wait(); }

        await Client.Connection.TestService.UnlockTimeSkippingAsync(new());
        try { return await wait(); }
        finally { await Client.Connection.TestService.LockTimeSkippingAsync(new()); }
    }

    private sealed class ResultInterceptor(EmbeddedEnvironment environment) : IClientInterceptor
    {
        public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => new Outbound(nextInterceptor, environment);
    }

    private sealed class Outbound(ClientOutboundInterceptor next, EmbeddedEnvironment environment) : ClientOutboundInterceptor(next)
    {
        public override async Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input) =>
            new SkippingHandle<TWorkflow, TResult>(environment, await base.StartWorkflowAsync<TWorkflow, TResult>(input));
    }

    private sealed record SkippingHandle<TWorkflow, TResult> : WorkflowHandle<TWorkflow, TResult>
    {
        private readonly EmbeddedEnvironment environment;

        public SkippingHandle(EmbeddedEnvironment environment, WorkflowHandle<TWorkflow, TResult> handle)
            : base(handle.Client, handle.Id, handle.RunId, handle.ResultRunId, handle.FirstExecutionRunId) => this.environment = environment;

        public override Task<T> GetResultAsync<T>(bool followRuns = true, RpcOptions? rpcOptions = null) =>
            environment.SkippingAsync(() => base.GetResultAsync<T>(followRuns, rpcOptions));
    }
}
