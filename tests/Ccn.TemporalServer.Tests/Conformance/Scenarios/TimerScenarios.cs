using Grpc.Core;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Timers.</summary>
internal static class TimerScenarios
{
    [Recording("timer-fired")]
    public static async Task FiredAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t1", 0.3));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("timer-zero")]
    public static async Task ZeroAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t1", 0));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("timer-canceled")]
    public static async Task CanceledAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t1", 60));
        await s.SignalAsync("x");
        await s.TurnAsync(Do.CancelTimer("t1"));
        await s.CaptureAsync("after-cancel");
        await s.SignalAsync("y");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("timer-canceled-when-fired-is-buffered")]
    public static async Task CanceledWhenFiredIsBufferedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t1", 1));
        await s.SignalAsync("x");
        var task = await s.NextTaskAsync();
        await s.ElapseAsync(1.5);
        await s.AnswerAsync(task, Do.CancelTimer("t1"));
        await s.CaptureAsync("after-cancel");
        await s.SignalAsync("y");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("timer-cancel-unknown")]
    public static async Task CancelUnknownAsync(Scenario s)
    {
        await s.StartAsync();
        await Scenario.RefusedAsync(
            s.TurnAsync(Do.CancelTimer("nope")),
            StatusCode.InvalidArgument,
            "BadCancelTimerAttributes: invalid history builder state for action: add-timer-canceled-event, TimerID: nope");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("timer-duplicate-id")]
    public static async Task DuplicateIdAsync(Scenario s)
    {
        await s.StartAsync();
        await Scenario.RefusedAsync(s.TurnAsync(Do.Timer("t1", 60), Do.Timer("t1", 60)), StatusCode.InvalidArgument, "StartTimerDuplicateId: ");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("timer-fired-while-task-started")]
    public static async Task FiredWhileTaskStartedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t1", 1), Do.Timer("t2", 1));
        await s.SignalAsync("x");
        var task = await s.NextTaskAsync();
        await s.ElapseAsync(1.5);
        await s.AnswerAsync(task);
        await s.TurnAsync(Do.Complete());
    }

    [Recording("timer-start-and-cancel-in-one-task")]
    public static async Task StartAndCancelAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t1", 60), Do.CancelTimer("t1"));
        await s.SignalAsync("y");
        await s.TurnAsync(Do.Complete());
    }
}
