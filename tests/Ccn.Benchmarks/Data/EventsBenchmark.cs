using System.Text.Json;
using Ccn.Data.Lifecycle;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Testing;
using Npgsql;
using NpgsqlTypes;

namespace Ccn.Benchmarks.Data;

/// <summary>
/// A business event with its projections, as activities append it, beside the bare insert of the same event: durable, one
/// after the other and from eight at once.
/// </summary>
internal sealed class EventsBenchmark : Benchmark
{
    private const string Appends = "events/s, one at a time";
    private const string Parallel8 = "events/s, eight at once";
    private const string Store = "event store";
    private const string Bare = "bare insert";
    private const int Count = 100;
    private const int AtOnce = 8;

    private readonly PostgresServer postgres = new() { IsDurable = true };
    private readonly CcnDatabase database;
    private int next;

    public EventsBenchmark() => database = new(postgres);

    /// <inheritdoc/>
    public override string Name => "events";

    /// <inheritdoc/>
    public override string About => "a business event appended with its projections, and the bare insert of it, on a durable PostgreSQL";

    /// <inheritdoc/>
    public override IReadOnlyList<Goal> Goals { get; } = [new(Appends, Store, Bare, 0.15), new(Parallel8, Store, Bare, 0.1)];

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Subject>> PrepareAsync()
    {
        await postgres.InitializeAsync();
        ForeignLoad.Adopted.Add(postgres.ProcessId);
        await database.InitializeAsync();
        return [new(Store, record => MeasureAsync(record, AppendAsync)), new(Bare, record => MeasureAsync(record, InsertAsync))];
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await postgres.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task MeasureAsync(Action<string, double> record, Func<BusinessEvent, Task> oneAsync)
    {
        var clock = Clock.Start();
        for (var i = 0; i < Count; i++)
        {
            await oneAsync(NewEvent());
        }

        record(Appends, Count / clock.Seconds);
        clock = Clock.Start();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Count * 2), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) => await oneAsync(NewEvent()));
        record(Parallel8, Count * 2 / clock.Seconds);
    }

    private BusinessEvent NewEvent()
    {
        var number = Interlocked.Increment(ref next);
        var design = FormattableString.Invariant($"dsg_{number % 50}");
        return new(
            FormattableString.Invariant($"design/{design}:{number}"), design, "bench", DateTimeOffset.UtcNow, null,
            new StageEntered(DesignStage.Published, Party.None, null, null, null, null));
    }

    private async Task AppendAsync(BusinessEvent e)
    {
        await using var db = database.Open();
        await EventStore.AppendAsync(db, [e]);
    }

    private async Task InsertAsync(BusinessEvent e)
    {
        await using var command = database.Source.CreateCommand(
            "insert into business_events (event_id, design_id, source, occurred_at, type, data) values ($1, $2, $3, $4, $5, $6) on conflict do nothing");
        command.Parameters.Add(new() { Value = e.EventId });
        command.Parameters.Add(new() { Value = e.DesignId! });
        command.Parameters.Add(new() { Value = e.Source });
        command.Parameters.Add(new() { Value = e.OccurredAt.UtcDateTime });
        command.Parameters.Add(new() { Value = "design.stage_entered" });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(e.Data, CcnJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync();
    }
}
