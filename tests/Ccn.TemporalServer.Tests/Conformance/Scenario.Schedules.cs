using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <content>What a client does with a schedule, whose ID is the scenario's name.</content>
internal sealed partial class Scenario
{
    public Task<CreateScheduleResponse> CreateScheduleAsync(string label, double everySeconds, Action<CreateScheduleRequest>? with = null)
    {
        var request = new CreateScheduleRequest
        {
            Namespace = Golden,
            ScheduleId = name,
            Schedule = new()
            {
                Spec = new() { Interval = { new IntervalSpec { Interval = Data.Seconds(everySeconds) } } },
                Action = new()
                {
                    StartWorkflow = new() { WorkflowId = name + "-wf", WorkflowType = new() { Name = "Golden" }, TaskQueue = new() { Name = Queue }, Input = Data.Jsons("in") },
                },
            },
            Identity = Golden,
            RequestId = $"{name}{label}",
        };
        with?.Invoke(request);
        return server.CallAsync<CreateScheduleResponse>(request, cancel);
    }

    public Task<DescribeScheduleResponse> DescribeScheduleAsync(string? scheduleId = null) => server.CallAsync<DescribeScheduleResponse>(
        new DescribeScheduleRequest { Namespace = Golden, ScheduleId = scheduleId ?? name }, cancel);

    public Task<UpdateScheduleResponse> UpdateScheduleAsync(Schedule schedule, ByteString token, SearchAttributes? attributes = null) => server.CallAsync<UpdateScheduleResponse>(
        new UpdateScheduleRequest { Namespace = Golden, ScheduleId = name, Schedule = schedule, ConflictToken = token, SearchAttributes = attributes }, cancel);

    public Task<PatchScheduleResponse> PatchScheduleAsync(SchedulePatch patch) => server.CallAsync<PatchScheduleResponse>(
        new PatchScheduleRequest { Namespace = Golden, ScheduleId = name, Patch = patch, Identity = Golden, RequestId = Guid.NewGuid().ToString() }, cancel);

    public Task<DeleteScheduleResponse> DeleteScheduleAsync() => server.CallAsync<DeleteScheduleResponse>(
        new DeleteScheduleRequest { Namespace = Golden, ScheduleId = name, Identity = Golden }, cancel);

    public Task<ListSchedulesResponse> ListSchedulesAsync(string query) => server.CallAsync<ListSchedulesResponse>(
        new ListSchedulesRequest { Namespace = Golden, MaximumPageSize = 100, Query = query }, cancel);

    /// <summary>Waits until the schedule is described as wanted.</summary>
    public async Task<DescribeScheduleResponse> ScheduleIsAsync(Func<DescribeScheduleResponse, bool> wanted)
    {
        DescribeScheduleResponse described;
        while (!wanted(described = await DescribeScheduleAsync())) { await Task.Delay(20, cancel); }
        return described;
    }
}
