using System.Text.Json;

namespace Ccn.Sandbox.Core;

/// <summary>
/// Owner of the state: one lock for every change, and the snapshot file. Nothing called under the lock touches the clock, because a
/// virtual clock may run its timers' callbacks inside a lock of its own.
/// </summary>
internal sealed class SandboxStore
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Lock gate = new();
    private readonly string? path;
    private SandboxState state;
    private long version;
    private long savedVersion;
    private TaskCompletionSource? waiting;
    private bool writing;

    public SandboxStore(SandboxOptions options)
    {
        path = options.StatePath is null ? null : Path.GetFullPath(options.StatePath);
        state = path is not null && File.Exists(path)
            ? JsonSerializer.Deserialize<SandboxState>(File.ReadAllBytes(path), Json) ?? new SandboxState()
            : new SandboxState();
    }

    public T Read<T>(Func<SandboxState, T> read)
    {
        lock (gate) { return read(state); }
    }

    public T Change<T>(Func<SandboxState, T> change)
    {
        lock (gate)
        {
            version++;
            return change(state);
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            version++;
            state = state.Emptied();
        }
    }

    /// <summary>Completes when every change made before the call is in the snapshot file. Concurrent callers share one write.</summary>
    public Task PersistAsync()
    {
        if (path is null) { return Task.CompletedTask; }
        lock (gate)
        {
            if (savedVersion >= version) { return Task.CompletedTask; }
            waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var task = waiting.Task;
            if (!writing)
            {
                writing = true;
                _ = Task.Run(WriteAllAsync);
            }

            return task;
        }
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            byte[] bytes;
            long snapshot;
            TaskCompletionSource done;
            lock (gate)
            {
                if (waiting is null)
                {
                    writing = false;
                    return;
                }

                bytes = JsonSerializer.SerializeToUtf8Bytes(state, Json);
                (snapshot, done, waiting) = (version, waiting, null);
            }

            try
            {
                await WriteAsync(bytes);
                lock (gate) { savedVersion = snapshot; }
                done.SetResult();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                done.SetException(e);   // the request that waited answers 500: nothing is acknowledged that a restart would forget
            }
        }
    }

    private async Task WriteAsync(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path!)!);
        var fresh = path + ".new";
        await using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None, 4096, useAsync: true))
        {
            await file.WriteAsync(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path!, overwrite: true);   // atomic: a reader sees the old snapshot or the new one
    }
}
