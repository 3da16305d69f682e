namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Signals and cancel requests to other workflows.</summary>
internal static class ExternalScenarios
{
    private const string Missing = "golden-missing";

    [Recording("external-cancel")]
    public static async Task CancelAsync(Scenario s)
    {
        var target = s.Name + "-target";
        var run = await s.StartOtherAsync(target, "q-" + s.Name + "-other");
        await s.StartAsync();
        await s.TurnAsync(Do.CancelExternal(target));
        await s.TurnAsync(Do.CancelExternal(Missing));
        await s.TurnAsync(Do.CancelExternal(target));
        var task = await s.NextTaskAsync();
        await s.TerminateAsync(target);
        await s.AnswerAsync(task, Do.CancelExternal(target));
        await s.TurnAsync(Do.CancelExternal(target, run, childOnly: true));
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureAsync("target", run, target);
    }

    [Recording("external-signal")]
    public static async Task SignalAsync(Scenario s)
    {
        var target = s.Name + "-target";
        var run = await s.StartOtherAsync(target, "q-" + s.Name + "-other");
        await s.StartAsync();
        await s.TurnAsync(Do.SignalExternal(target));
        await s.TurnAsync(Do.SignalExternal(Missing));
        await s.TurnAsync(Do.SignalExternal(Missing, childOnly: true));
        var task = await s.NextTaskAsync();
        await s.TerminateAsync(target);
        await s.AnswerAsync(task, Do.SignalExternal(target));
        await s.TurnAsync(Do.SignalExternal(target, run));
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureAsync("target", run, target);
    }

    [Recording("external-cancel-self")]
    public static async Task CancelSelfAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.CancelExternal(s.Name));
        await s.TurnAsync(Do.Complete("x"));
    }

    [Recording("external-signal-self")]
    public static async Task SignalSelfAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.SignalExternal(s.Name, signal: "self"));
        await s.TurnAsync(Do.Complete("x"));
    }
}
