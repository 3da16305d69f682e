using System.Collections.Concurrent;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Schedule.V1;

namespace Ccn.TemporalServer.Schedules;

/// <summary>All schedules. They are few beside the runs they start, so all of them stay in memory.</summary>
internal sealed class ScheduleRegistry(WorkflowEngine engine, CommitPipeline pipeline) : IServerPart
{
    /// <summary>So many deleted schedules are remembered, to be told from those that never existed.</summary>
    private const int MostDeleted = 1000;

    private readonly ConcurrentDictionary<(string NamespaceId, string ScheduleId), ScheduleRunner> runners = new();
    private readonly ConcurrentQueue<ScheduleRunner> deleted = new();
    private readonly ScheduledRuns runs = new(engine);

    /// <inheritdoc/>
    public Task StartAsync(StoreOpening opening, CancellationToken cancel)
    {
        engine.Closed += runs.OnClosed;
        foreach (var stored in opening.Schedules)
        {
            var runner = new ScheduleRunner(engine, pipeline, runs, stored.NamespaceId, stored.ScheduleId, ScheduleState.Parse(stored.State));
            runners[(stored.NamespaceId, stored.ScheduleId)] = runner;
            engine.Background(runner.ResumeAsync);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync()
    {
        engine.Closed -= runs.OnClosed;
        foreach (var runner in runners.Values)
        {
            runner.Stop();
        }

        return Task.CompletedTask;
    }

    /// <summary>The schedules of a namespace, the newest first.</summary>
    public IReadOnlyList<ScheduleRunner> Of(string namespaceId) =>
    [
        .. runners.Values.Where(r => r.NamespaceId == namespaceId && !r.IsDeleted)
            .OrderByDescending(r => r.State.Info.CreateTime).ThenBy(r => r.ScheduleId, StringComparer.Ordinal),
    ];

    /// <summary>A schedule, which may have been deleted; refuses one that never existed.</summary>
    public ScheduleRunner Require(string namespaceId, string scheduleId) =>
        runners.GetValueOrDefault((namespaceId, scheduleId)) ?? throw Refusal.NotFound($"workflow not found for ID: temporal-sys-scheduler:{scheduleId}");

    /// <summary>Makes a schedule. The same request again finds the one it made.</summary>
    public async Task<ScheduleRunner> CreateAsync(string namespaceId, string scheduleId, ScheduleState state, SchedulePatch? patch)
    {
        var key = (namespaceId, scheduleId);
        var runner = new ScheduleRunner(engine, pipeline, runs, namespaceId, scheduleId, state);
        while (!runners.TryAdd(key, runner))
        {
            if (!runners.TryGetValue(key, out var existing))
            {
                continue;
            }

            if (!existing.IsDeleted)
            {
                return existing.State.RequestId == state.RequestId
                    ? existing
                    : throw new RpcFailure(StatusCode.AlreadyExists, $"schedule \"{scheduleId}\" is already registered", new WorkflowExecutionAlreadyStartedFailure());
            }

            runners.TryRemove(new(key, existing));
        }

        try
        {
            await runner.CreateAsync(patch);
            return runner;
        }
        catch
        {
            runner.Stop();
            runners.TryRemove(new(key, runner));
            throw;
        }
    }

    /// <summary>Deletes a schedule.</summary>
    public async Task DeleteAsync(ScheduleRunner runner)
    {
        await runner.DeleteAsync();
        deleted.Enqueue(runner);
        while (deleted.Count > MostDeleted && deleted.TryDequeue(out var oldest))
        {
            runners.TryRemove(new((oldest.NamespaceId, oldest.ScheduleId), oldest));
        }
    }
}
