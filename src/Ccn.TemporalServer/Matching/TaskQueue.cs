using Google.Protobuf;

namespace Ccn.TemporalServer.Matching;

/// <summary>One queue: either tasks wait in it or polls do, first come first served.</summary>
internal sealed class TaskQueue(TimeProvider real)
{
    private static readonly TimeSpan ShowPollersFor = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly LinkedList<QueuedTask> tasks = new();
    private readonly LinkedList<WaitingPoll> polls = new();
    private readonly Dictionary<string, (PollerIdentity Poller, DateTimeOffset At)> seen = new(StringComparer.Ordinal);
    private DateTimeOffset lastPoll = DateTimeOffset.MinValue;

    /// <summary>Queues a task, or starts it for the poll that waits longest.</summary>
    public void Add(QueuedTask task)
    {
        WaitingPoll poll;
        lock (gate)
        {
            if (polls.First is not { } first)
            {
                tasks.AddLast(task);
                return;
            }

            polls.RemoveFirst();
            poll = first.Value;
        }

        _ = DeliverAsync(poll, task);
    }

    /// <summary>Takes a task or waits for one until the given instant of the real clock.</summary>
    public async Task<IMessage?> PollAsync(PollerIdentity poller, DateTimeOffset until, CancellationToken cancel)
    {
        var poll = new WaitingPoll(poller);
        QueuedTask? task;
        lock (gate)
        {
            lastPoll = real.GetUtcNow();
            seen[poller.Identity] = (poller, lastPoll);
            task = TakeTask();
            if (task is null)
            {
                polls.AddLast(poll);
            }
        }

        if (task is not null)
        {
            await DeliverAsync(poll, task);
        }

        var wait = until - real.GetUtcNow();
        await using var deadline = real.CreateTimer(_ => GiveUp(poll), null, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await using var gone = cancel.Register(() => GiveUp(poll));
        var answer = await poll.Answer.Task;
        lock (gate) { lastPoll = real.GetUtcNow(); }
        return answer;
    }

    /// <summary>True when a poll waits or did so within the given time (real clock).</summary>
    public bool HasRecentPoller(TimeSpan within)
    {
        lock (gate) { return polls.Count > 0 || real.GetUtcNow() - lastPoll < within; }
    }

    /// <summary>Who polled in the last five minutes.</summary>
    public IReadOnlyList<SeenPoller> Pollers()
    {
        lock (gate)
        {
            var since = real.GetUtcNow() - ShowPollersFor;
            return [.. seen.Values.Where(s => s.At > since).Select(s => new SeenPoller(s.Poller, s.At, 100_000))];
        }
    }

    /// <summary>How many tasks wait and since when the first does.</summary>
    public (long Count, DateTimeOffset? OldestSince) Backlog()
    {
        lock (gate) { return (tasks.Count, tasks.First?.Value.QueuedAt); }
    }

    /// <summary>Answers the waiting polls that match with nothing.</summary>
    public void Release(Func<PollerIdentity, bool> match, bool forgetPollers)
    {
        List<WaitingPoll> released = [];
        lock (gate)
        {
            for (var node = polls.First; node is not null;)
            {
                var next = node.Next;
                if (match(node.Value.Poller))
                {
                    polls.Remove(node);
                    released.Add(node.Value);
                }

                node = next;
            }

            if (forgetPollers)
            {
                lastPoll = DateTimeOffset.MinValue;
            }
        }

        released.ForEach(p => p.Answer.TrySetResult(null));
    }

    /// <summary>Starts tasks until one is still due. A poll that found none goes back to the head of the line.</summary>
    private async Task DeliverAsync(WaitingPoll poll, QueuedTask? task)
    {
        while (task is not null)
        {
            IMessage? answer;
            try
            {
                answer = await task.StartAsync(poll.Poller);
            }
#pragma warning disable CA1031 // the poll is answered with what went wrong, whatever it was
            catch (Exception e)
#pragma warning restore CA1031
            {
                poll.Answer.TrySetException(e);
                return;
            }

            if (answer is not null)
            {
                poll.Answer.TrySetResult(answer);
                return;
            }

            lock (gate)
            {
                task = poll.GaveUp ? null : TakeTask();
                if (task is null && !poll.GaveUp)
                {
                    polls.AddFirst(poll);
                }
            }
        }

        if (poll.GaveUp)
        {
            poll.Answer.TrySetResult(null);
        }
    }

    private void GiveUp(WaitingPoll poll)
    {
        lock (gate)
        {
            poll.GaveUp = true;
            if (!polls.Remove(poll))
            {
                return;   // a task is being started for it and answers it
            }
        }

        poll.Answer.TrySetResult(null);
    }

    private QueuedTask? TakeTask()
    {
        if (tasks.First is not { } first)
        {
            return null;
        }

        tasks.RemoveFirst();
        return first.Value;
    }

    private sealed class WaitingPoll(PollerIdentity poller)
    {
        public PollerIdentity Poller { get; } = poller;

        public bool GaveUp { get; set; }

        public TaskCompletionSource<IMessage?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
