using System.Collections.Concurrent;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Tests.Fakes;

/// <summary>The event store as the workflows see it: an event id that is stored already is a no-op.</summary>
internal sealed class FakeEvents : IBusinessEventActivities
{
    private readonly ConcurrentQueue<BusinessEvent> stored = new();
    private readonly ConcurrentDictionary<Type, TaskCompletionSource> held = new();
    private readonly Lock gate = new();

    public IReadOnlyList<BusinessEvent> All => [.. stored];

    public IReadOnlyList<string> Ids => [.. stored.Select(fact => fact.EventId)];

    public async Task AppendAsync(IReadOnlyList<BusinessEvent> events)
    {
        lock (gate)
        {
            foreach (var fact in events.Where(fact => !Ids.Contains(fact.EventId))) { stored.Enqueue(fact); }
        }

        foreach (var fact in events)
        {
            if (held.TryGetValue(fact.Data.GetType(), out var hold)) { await hold.Task; }
        }
    }

    /// <summary>Facts of this kind are stored, but whoever stores them hears of it when the answer is completed.</summary>
    public TaskCompletionSource Hold<T>() where T : EventData => held[typeof(T)] = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public T One<T>() where T : EventData => Assert.Single(All.Select(fact => fact.Data).OfType<T>());

    public IReadOnlyList<T> Of<T>() where T : EventData => [.. All.Select(fact => fact.Data).OfType<T>()];

    /// <summary>Kinds of facts without the board's stages, in order.</summary>
    public IReadOnlyList<string> Story => [.. All.Select(fact => fact.Data).Where(data => data is not StageEntered).Select(data => data.GetType().Name)];

    public IReadOnlyList<DesignStage> Stages => [.. Of<StageEntered>().Select(stage => stage.Stage)];
}

/// <summary>Calendars as arithmetic of the domain, without holidays.</summary>
internal sealed class FakeCalendar : ICalendarActivities
{
    public ConcurrentQueue<BusinessDeadlineInput> Deadlines { get; } = new();

    public Task<DateTimeOffset> BusinessDeadlineAsync(BusinessDeadlineInput input)
    {
        Deadlines.Enqueue(input);
        var calendar = input.Calendar == "24x7" ? BusinessCalendar.AllHours : new(input.Calendar, new HashSet<DateOnly>(), new HashSet<DateOnly>());
        return Task.FromResult(calendar.Add(input.From, input.BusinessHours, TimeZoneInfo.FindSystemTimeZoneById(input.Zone)));
    }

    public Task<PeriodBounds> MonthlyPeriodAsync(MonthlyPeriodInput input)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(input.Zone);
        var (from, to) = Periods.CalendarMonth(input.Anchor, input.Number, zone);
        return Task.FromResult(new PeriodBounds(from, to, Periods.Later(to, input.Settling, zone)));
    }

    public Task<DateTimeOffset> NextDayOfMonthAsync(NextDayOfMonthInput input) =>
        Task.FromResult(Periods.NextDayOfMonth(input.After, input.Day, TimeZoneInfo.FindSystemTimeZoneById(input.Zone)));

    public Task<DateTimeOffset> AnniversaryAsync(AnniversaryInput input) =>
        Task.FromResult(Periods.AddMonths(input.First, input.Months, TimeZoneInfo.FindSystemTimeZoneById(input.Zone)));
}

/// <summary>Keys and calls in the order they came, and failures to be thrown at the next calls of a step.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentQueue<string> calls = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> failures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> holds = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Calls => [.. calls];

    /// <summary>The next call of the step fails for good with this failure type.</summary>
    public void FailOnce(string step, string type) => failures.GetOrAdd(step, _ => new()).Enqueue(type);

    /// <summary>Calls of the step with this key do not return until the answer is completed.</summary>
    public TaskCompletionSource Hold(string step, string key) => holds[$"{step} {key}"] = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task AddAsync(string step, string key)
    {
        Add(step, key);
        if (holds.TryGetValue($"{step} {key}", out var hold)) { await hold.Task; }
    }

    public void Add(string step, string key)
    {
        calls.Enqueue($"{step} {key}");
        if (failures.TryGetValue(step, out var planned) && planned.TryDequeue(out var type))
        {
            throw new ApplicationFailureException($"Planned failure of {step}.", type, nonRetryable: true);
        }
    }

    public IReadOnlyList<string> Of(string step) => [.. calls.Where(call => call.StartsWith(step + " ", StringComparison.Ordinal)).Select(call => call[(step.Length + 1)..])];
}
