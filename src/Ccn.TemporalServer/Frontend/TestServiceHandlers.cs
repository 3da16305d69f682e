using Ccn.TemporalServer.Clock;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.TestService.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs by which tests steer the clock.</summary>
internal sealed class TestServiceHandlers(ServerClock clock)
{
    public Task<LockTimeSkippingResponse> LockTimeSkipping(LockTimeSkippingRequest request, RpcContext call)
    {
        clock.AddLock();
        return Task.FromResult(new LockTimeSkippingResponse());
    }

    public Task<UnlockTimeSkippingResponse> UnlockTimeSkipping(UnlockTimeSkippingRequest request, RpcContext call)
    {
        clock.RemoveLock();
        return Task.FromResult(new UnlockTimeSkippingResponse());
    }

    /// <summary>Sleeps without helping time along: it passes at the pace that locks and work allow.</summary>
    public async Task<SleepResponse> Sleep(SleepRequest request, RpcContext call)
    {
        await Task.Delay(request.Duration.OrZero(), clock, call.Cancellation);
        return new();
    }

    /// <summary>Sleeps until an instant of server time.</summary>
    public async Task<SleepResponse> SleepUntil(SleepUntilRequest request, RpcContext call)
    {
        var wait = request.Timestamp.ToDateTimeOffset() - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, call.Cancellation);
        }

        return new();
    }

    /// <summary>Sleeps and lets time be skipped meanwhile.</summary>
    public async Task<SleepResponse> UnlockTimeSkippingWithSleep(SleepRequest request, RpcContext call)
    {
        await clock.SleepRemoteAsync(request.Duration.OrZero(), call.Cancellation);
        return new();
    }

    public Task<GetCurrentTimeResponse> GetCurrentTime(Empty request, RpcContext call) =>
        Task.FromResult(new GetCurrentTimeResponse { Time = clock.GetUtcNow().AsTimestamp() });
}
