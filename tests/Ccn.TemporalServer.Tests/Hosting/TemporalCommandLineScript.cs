namespace Ccn.TemporalServer.Tests.Hosting;

/// <summary>
/// What an operator types, in this order, and what the command line answers: its exit code, and a text that stands in its output.
/// </summary>
internal static class TemporalCommandLineScript
{
    /// <summary>Queue of the worker that runs workflows, but no activities.</summary>
    public const string Queue = "cli";

    /// <summary>Command, exit code, text in the output.</summary>
    public static IReadOnlyList<(string Command, int Code, string Text)> Steps { get; } =
    [
        ("operator cluster health", 0, "SERVING"),
        ("operator cluster system", 0, "SupportsSchedules"),
        ("operator cluster describe", 0, "active"),
        ("operator cluster list", 0, "IsConnectionEnabled"),
        ("operator namespace create -n other --retention 48h", 0, "successfully registered"),
        ("operator namespace update -n other --description hello", 0, "update succeeded"),
        ("operator namespace describe -n other", 0, "48h0m0s"),
        ("operator namespace list", 0, "other"),
        ("operator namespace delete -n other --yes", 0, "Namespace other has been deleted."),
        ("operator namespace describe -n other", 1, "Namespace other is not found."),
        ("operator search-attribute create --name CliTag --type Keyword", 0, "have been added"),
        ("operator search-attribute list", 0, "CliTag"),
        ("operator search-attribute remove --name CliTag --yes", 0, "have been removed"),

        ("workflow start --workflow-id note --type MessagesWorkflow --task-queue cli --memo k=\"v\"", 0, "note"),
        ("workflow start --workflow-id note --type MessagesWorkflow --task-queue cli --id-conflict-policy Fail", 0, "Running execution"),
        ("workflow update execute -w note --name Add --input \"first\"", 0, "1"),
        ("workflow update execute -w note --name Add --input \"\"", 1, "empty note"),
        ("workflow update start -w note --name Add --update-id u2 --input \"second\" --wait-for-stage accepted", 0, "u2"),
        ("workflow update result -w note --update-id u2", 0, "2"),
        ("workflow update describe -w note --update-id u2", 0, "u2"),
        ("workflow signal -w note --name Note --input \"third\"", 0, "Signal workflow succeeded"),
        ("workflow query -w note --type Count", 0, "3"),
        ("workflow query -w note --type Nope", 1, "Nope"),
        ("workflow stack -w note", 0, ""),
        ("workflow metadata -w note -o json", 0, "definition"),
        ("workflow describe -w note", 0, "MessagesWorkflow"),
        ("workflow update-options -w note --versioning-override-behavior auto_upgrade", 0, "succeeded"),
        ("workflow show -w note", 0, "WorkflowExecutionOptionsUpdated"),
        ("workflow signal -w note --name Finish", 0, "succeeded"),
        ("workflow result -w note", 0, "first,second,third"),
        ("workflow trace -w note --no-fold", 0, "MessagesWorkflow"),
        ("workflow reset -w note -t FirstWorkflowTask --reason again", 0, "Resetting workflow"),
        ("workflow cancel -w note", 0, "Canceled workflow"),
        ("workflow result -w note", 0, "COMPLETED"),   // signals after the point are applied again
        ("workflow signal -w nobody --name go", 1, "workflow not found for ID: nobody"),
        ("workflow describe -w nobody", 1, "workflow not found for ID: nobody"),
        ("workflow start --workflow-id end --type MessagesWorkflow --task-queue cli", 0, "end"),
        ("workflow terminate -w end --reason enough", 0, "Workflow terminated"),
        ("workflow terminate -w end --reason enough", 1, "workflow execution already completed"),
        ("workflow list --query WorkflowId='end'", 0, "Terminated"),
        ("workflow list --query nonsense", 1, "invalid query: invalid expression: incomplete expression"),
        ("workflow count --query WorkflowId='end'", 0, "Total: 1"),
        ("workflow delete -w end", 0, "succeeded"),

        ("workflow start --workflow-id act --type OneActivityWorkflow --task-queue cli --input \"Ada\"", 0, "act"),
        ("workflow query -w act --type __stack_trace", 0, ""),   // answered after the first task: the activity waits now
        ("activity pause --workflow-id act --activity-id 1", 0, ""),
        ("workflow describe -w act -o json", 0, "PENDING_ACTIVITY_STATE_PAUSED"),
        ("activity unpause --workflow-id act --activity-id 1", 0, ""),
        ("activity reset --workflow-id act --activity-id 1", 0, ""),
        ("activity update-options --workflow-id act --activity-id 1 --schedule-to-close-timeout 1h", 0, "1h"),
        ("activity complete --workflow-id act --activity-id 1 --result \"done\"", 0, ""),
        ("workflow result -w act", 0, "done"),
        ("activity complete --workflow-id act --activity-id 1 --result \"done\"", 1, "workflow execution already completed"),
        ("workflow start --workflow-id act2 --type OneActivityWorkflow --task-queue cli --input \"Bob\"", 0, "act2"),
        ("workflow query -w act2 --type __stack_trace", 0, ""),
        ("activity fail --workflow-id act2 --activity-id 1 --reason broken", 0, ""),
        ("workflow result -w act2", 1, "broken"),

        ("schedule create -s hourly --interval 1h --workflow-id tick --type T --task-queue nobody", 0, ""),
        ("schedule create -s hourly --interval 1h --workflow-id tick --type T --task-queue nobody", 1, "already"),
        ("schedule describe -s hourly", 0, "365d 0h 0m 0s"),
        ("schedule toggle -s hourly --pause --reason later", 0, ""),
        ("schedule describe -s hourly", 0, "later"),
        ("schedule toggle -s hourly --unpause --reason now", 0, ""),
        ("schedule trigger -s hourly", 0, "Trigger request sent"),
        ("schedule backfill -s hourly --start-time 2026-01-01T00:30:00Z --end-time 2026-01-01T01:30:00Z --overlap-policy AllowAll", 0, "Backfill request sent"),
        ("schedule update -s hourly --interval 2h --workflow-id tick --type T --task-queue nobody", 0, ""),
        ("schedule describe -s hourly", 0, "2h 0m 0s"),
        ("schedule delete -s hourly", 0, "Schedule deleted"),
        ("schedule describe -s hourly", 1, "schedule not found"),

        ("workflow signal --query WorkflowId='nobody' --name go --yes", 0, "Started batch for job ID"),
        ("batch list", 0, "Completed"),
        ("batch describe --job-id nope", 1, "could not find Batch Job 'nope'"),
        ("batch terminate --job-id nope --reason x", 1, "could not find Batch Job 'nope'"),
        ("task-queue describe --task-queue cli", 0, "ApproximateBacklogCount"),
        ("task-queue get-build-id-reachability", 1, "Worker versioning v0.2 (Rules-based, deprecated) is disabled on this namespace."),
        ("worker deployment list", 0, "Name"),
    ];
}
