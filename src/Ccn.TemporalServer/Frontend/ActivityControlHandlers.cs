using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;
using Execution = Ccn.TemporalServer.Engine.Execution;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs by which operators steer pending activities.</summary>
internal sealed class ActivityControlHandlers(WorkflowEngine engine)
{
    public async Task<PauseActivityResponse> PauseActivity(PauseActivityRequest request, RpcContext call)
    {
        Require(request.ActivityCase != PauseActivityRequest.ActivityOneofCase.None);
        await EachAsync(request.Namespace, request.Execution, request.Id, request.Type, (execution, activity, tx) =>
            execution.PauseActivity(tx, activity, request.Identity, request.Reason));
        return new();
    }

    public async Task<UnpauseActivityResponse> UnpauseActivity(UnpauseActivityRequest request, RpcContext call)
    {
        Require(request.ActivityCase != UnpauseActivityRequest.ActivityOneofCase.None);
        await EachAsync(request.Namespace, request.Execution, request.Id, request.Type, (execution, activity, tx) =>
            execution.UnpauseActivity(tx, activity, request.ResetAttempts, request.ResetHeartbeat, Spread(request.Jitter)));
        return new();
    }

    public async Task<ResetActivityResponse> ResetActivity(ResetActivityRequest request, RpcContext call)
    {
        Require(request.ActivityCase != ResetActivityRequest.ActivityOneofCase.None);
        await EachAsync(request.Namespace, request.Execution, request.Id, request.Type, (execution, activity, tx) =>
            execution.ResetActivity(tx, activity, request.ResetHeartbeat, request.KeepPaused, request.RestoreOriginalOptions, Spread(request.Jitter)));
        return new();
    }

    public async Task<UpdateActivityOptionsResponse> UpdateActivityOptions(UpdateActivityOptionsRequest request, RpcContext call)
    {
        Require(request.ActivityCase != UpdateActivityOptionsRequest.ActivityOneofCase.None);
        var mask = Checked(request);
        var answer = new UpdateActivityOptionsResponse();
        await EachAsync(request.Namespace, request.Execution, request.Id, request.Type, (execution, activity, tx) =>
            answer.ActivityOptions = execution.UpdateActivityOptions(tx, activity, request.ActivityOptions, mask, request.RestoreOriginal));
        return answer;
    }

    private Task<bool> EachAsync(string ns, WorkflowExecution? named, string id, string type, Action<Execution, PendingActivity, Transition> change)
    {
        var run = Requests.Run(engine, ns, named);
        return engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            var execution = slot.RequireOpen(run.RunId);
            foreach (var activity in execution.PendingActivities(id, type))
            {
                change(execution, activity, tx);
            }

            return true;
        });
    }

    private static void Require(bool namesActivity)
    {
        if (!namesActivity)
        {
            throw Refusal.Invalid("Either activity id or activity type must be provided");
        }
    }

    /// <summary>The mask with paths as the messages spell them.</summary>
    private static FieldMask? Checked(UpdateActivityOptionsRequest request)
    {
        if (request.RestoreOriginal)
        {
            return request.UpdateMask is null ? null : throw Refusal.Invalid("cannot set options and restore the original ones in one request");
        }

        if (request.ActivityOptions is null || request.UpdateMask is not { Paths.Count: > 0 })
        {
            throw Refusal.Invalid("ActivityOptions and UpdateMask are not set on request.");
        }

        var mask = new FieldMask { Paths = { request.UpdateMask.Paths.Select(Requests.SnakeCase) } };
        return FieldMask.IsValid<Temporalio.Api.Activity.V1.ActivityOptions>(mask) ? mask : throw Refusal.Invalid($"invalid UpdateMask: {string.Join(',', mask.Paths)}");
    }

    /// <summary>Many activities that go on together do so spread over a time.</summary>
#pragma warning disable CA5394 // jitter is no secret
    private static TimeSpan Spread(Duration? jitter) => jitter.OrZero() * Random.Shared.NextDouble();
#pragma warning restore CA5394
}
