using System.Globalization;
using System.Text;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Lifecycle;

/// <summary>What every CCN workflow has beside its story: its visible state, its business events, and the one way a step that failed waits for an operator.</summary>
/// <param name="designId">Design of the events; null for contests, sales and payees.</param>
/// <param name="source">Workflow type, as the events name it.</param>
/// <param name="state">First state, as users see it.</param>
/// <param name="run">Part of the event ids that tells runs of a loop apart, such as <c>/3</c> for the third period.</param>
internal sealed class WorkflowProgress(string? designId, string source, string state, string run = "")
{
    private readonly List<ParkedWait> parked = [];
    private WorkflowStatus status = new(state, null, Party.None, null, null);
    private WorkflowStatus? shown;
    private int stages;

    /// <summary>Answer of the <c>status</c> query. A parked step hides the state behind it until it is resolved.</summary>
    public WorkflowStatus Status => parked.Count == 0
        ? status
        : new(NeedsAttention, $"an operator's decision on the step {parked[0].Step.Step}", Party.Operator, null, null, parked[0].Step);

    public string State => status.State;

    private const string NeedsAttention = "NeedsAttention";

    /// <summary>The workflow works; it is nobody's turn.</summary>
    public void Working(string newState) => Show(new(newState, null, Party.None, null, null));

    /// <summary>The workflow waits.</summary>
    /// <param name="waitsFor">In plain words.</param>
    /// <param name="then">What happens by itself at <paramref name="until"/>.</param>
    public void Waiting(string newState, string waitsFor, Party turn, DateTimeOffset? until = null, string? then = null) =>
        Show(new(newState, waitsFor, turn, until, then));

    /// <summary>Waiting, and the design's board shows it: the stage goes on record.</summary>
    public async Task EnterStageAsync(DesignStage stage, string newState, string? waitsFor, Party turn, DateTimeOffset? until = null, string? then = null, string? relatedId = null)
    {
        Show(new(newState, waitsFor, turn, until, then));
        await RecordAsync(string.Create(CultureInfo.InvariantCulture, $"stage-{++stages}"), null, new StageEntered(stage, turn, waitsFor, until, then, relatedId));
    }

    /// <summary>Id of the event of a step: a repeat of the step is the same event.</summary>
    public string EventId(string step) => $"{Workflow.Info.WorkflowId}{run}:{step}";

    /// <summary>Puts one fact on record under the step's event id.</summary>
    public Task RecordAsync(string step, string? actorId, EventData data) => RecordAsync(step, [Fact(step, actorId, data)]);

    /// <summary>Puts facts on record together.</summary>
    public Task RecordAsync(string step, IReadOnlyList<BusinessEvent> facts) => TryAsync($"record {step}", () => AppendAsync(facts));

    /// <summary>A fact of this workflow at this instant.</summary>
    /// <param name="ofDesign">The design it belongs to when it is another than the workflow's.</param>
    public BusinessEvent Fact(string step, string? actorId, EventData data, string? ofDesign = null) =>
        new(EventId(step), ofDesign ?? designId, source, WorkflowTime.Now, actorId, data);

    /// <summary>Runs a step. When it fails for good or past its limit it parks: an event goes on record and an operator decides to retry it or to skip it.</summary>
    /// <returns>False when an operator chose to go on without the step.</returns>
    public async Task<bool> TryAsync(string step, Func<Task> attempt)
    {
        while (true)
        {
            Exception failure;
            try
            {
                await attempt();
                return true;
            }
            catch (Exception e) when (CanPark(e)) { failure = e; }

            if (await ParkAsync(step, failure) is StepResolution.Abandon) { return false; }
        }
    }

    /// <summary>Runs a step whose result the story needs. It parks as in <see cref="TryAsync"/>; skipping it ends the workflow as failed, which its parent sees.</summary>
    public async Task<T> RequireAsync<T>(string step, Func<Task<T>> attempt)
    {
        T? result = default;
        if (await TryAsync(step, async () => result = await attempt())) { return result!; }

        throw new ApplicationFailureException($"The step {step} was abandoned by an operator.", FailureTypes.StateConflict, nonRetryable: true);
    }

    /// <summary>The operator's update <c>Resolve</c>.</summary>
    public WorkflowStatus Resolve(ResolveStep command)
    {
        foreach (var wait in parked.Where(wait => wait.Step.Step == command.Step)) { wait.Decision ??= command; }

        return Status;
    }

    public void ValidateResolve(ResolveStep command)
    {
        if (!parked.Exists(wait => wait.Step.Step == command.Step && wait.Decision is null)) { throw Refusal.Conflict($"No step {command.Step} waits for a decision."); }
        if (string.IsNullOrWhiteSpace(command.Reason)) { throw Refusal.Invalid("A decision has a reason."); }
    }

    // Failures of activities, children and signals park; a failure of our own code is a bug, stops the workflow task and is fixed by a deployment.
    // A cancellation of this workflow goes through; that of a child alone, by whoever it was, is a failure of the step.
    private static bool CanPark(Exception failure) =>
        failure is ActivityFailureException or ChildWorkflowFailureException or ApplicationFailureException
        && (!TemporalException.IsCanceledException(failure) || (failure is ChildWorkflowFailureException && !Workflow.CancellationToken.IsCancellationRequested));

    private async Task<StepResolution> ParkAsync(string step, Exception failure)
    {
        var wait = new ParkedWait(new(step, TypeOf(failure), MessageOf(failure), WorkflowTime.Now));
        parked.Add(wait);
        Show(status);
        var key = string.Create(CultureInfo.InvariantCulture, $"attention-{step}-{wait.Step.Since.ToUnixTimeMilliseconds()}");
        await AppendIfPossibleAsync(Fact($"{key}-raised", null, new NeedsAttentionRaised(Workflow.Info.WorkflowId, step, wait.Step.FailureType, wait.Step.Message)));
        try { await Workflow.WaitConditionAsync(() => wait.Decision is not null); }
        finally
        {
            parked.Remove(wait);
            Show(status);
        }

        var decision = wait.Decision!;
        await AppendIfPossibleAsync(Fact($"{key}-resolved", decision.OperatorId, new NeedsAttentionResolved(Workflow.Info.WorkflowId, step, decision.Resolution.ToString(), decision.Reason)));
        return decision.Resolution;
    }

    private static Task AppendAsync(IReadOnlyList<BusinessEvent> facts) => Workflow.ExecuteActivityAsync(
        (IBusinessEventActivities activities) => activities.AppendAsync(facts), ActivityPolicies.Data.Detached().Titled(string.Join(", ", facts.Select(fact => fact.Data.GetType().Name).Distinct(StringComparer.Ordinal))));

    // When the event store itself is what failed, the parked step is still seen in the status and the search attributes.
    private static async Task AppendIfPossibleAsync(BusinessEvent fact)
    {
        try { await AppendAsync([fact]); }
        catch (ActivityFailureException) { Workflow.Logger.LogWarning("The event {EventId} could not be recorded.", fact.EventId); }
    }

    private void Show(WorkflowStatus next)
    {
        status = next;
        var now = Status;
        if (now == shown) { return; }

        Workflow.CurrentDetails = Describe(now);
        UpsertChanged(now);
        shown = now;
    }

    private void UpsertChanged(WorkflowStatus now)
    {
        var updates = new List<SearchAttributeUpdate>();
        if (shown is null && designId is not null) { updates.Add(CcnSearchAttributes.Design.ValueSet(designId)); }
        if (shown?.State != now.State) { updates.Add(CcnSearchAttributes.Stage.ValueSet(now.State)); }
        if (shown?.Turn != now.Turn) { updates.Add(CcnSearchAttributes.Wait.ValueSet(now.Turn.ToString())); }
        if (shown?.Until != now.Until || shown is null) { updates.Add(now.Until is { } until ? CcnSearchAttributes.Until.ValueSet(until) : CcnSearchAttributes.Until.ValueUnset()); }
        if (updates.Count > 0) { Workflow.UpsertTypedSearchAttributes([.. updates]); }
    }

    private static string Describe(WorkflowStatus now)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"**{now.State}**");
        if (now.WaitsFor is not null) { text.Append(CultureInfo.InvariantCulture, $"\n\nWaits for {now.WaitsFor}. Turn: {now.Turn}."); }
        if (now.Until is { } until) { text.Append(CultureInfo.InvariantCulture, $"\n\nUntil {until:yyyy-MM-dd HH:mm:ss} UTC{(now.Then is null ? "" : $", then {now.Then}")}."); }
        if (now.Problem is { } problem) { text.Append(CultureInfo.InvariantCulture, $"\n\n`{problem.FailureType}` in {problem.Step}: {problem.Message}"); }
        return text.ToString();
    }

    private static string TypeOf(Exception failure) => failure switch
    {
        ApplicationFailureException { ErrorType: { } type } => type,
        TimeoutFailureException => FailureTypes.ProviderUnavailable,
        { InnerException: { } inner } => TypeOf(inner),
        _ => FailureTypes.ProviderContract,
    };

    private static string MessageOf(Exception failure) =>
        failure is ActivityFailureException or ChildWorkflowFailureException && failure.InnerException is { } inner ? MessageOf(inner) : failure.Message;

    private sealed class ParkedWait(ParkedStep step)
    {
        public ParkedStep Step { get; } = step;
        public ResolveStep? Decision { get; set; }
    }
}
