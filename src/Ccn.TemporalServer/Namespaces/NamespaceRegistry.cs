using System.Collections.Concurrent;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Namespaces;

/// <summary>The namespaces, kept in memory and written through the commit pipeline.</summary>
internal sealed class NamespaceRegistry(CommitPipeline pipeline) : IDisposable
{
    private const int ShortestSuffix = 5;

    private readonly ConcurrentDictionary<string, DescribeNamespaceResponse> byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, NamespaceRecord> deleted = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>Takes over what the store knows.</summary>
    public void Load(IEnumerable<byte[]> stored)
    {
        foreach (var bytes in stored)
        {
            var ns = DescribeNamespaceResponse.Parser.ParseFrom(bytes);
            if (ns.NamespaceInfo.State == NamespaceState.Deleted)
            {
                deleted[ns.NamespaceInfo.Id] = ToRecord(ns);
            }
            else
            {
                byName[ns.NamespaceInfo.Name] = ns;
            }
        }
    }

    /// <summary>Namespaces that were deleted; of those from before the last start, the ones whose contents are still to be removed.</summary>
    public IReadOnlyCollection<NamespaceRecord> Deleted => [.. deleted.Values];

    /// <summary>True for the id of a deleted namespace.</summary>
    public bool IsDeleted(string id) => deleted.ContainsKey(id);

    /// <summary>All namespaces in order of their names. The messages are not to be changed.</summary>
    public IReadOnlyList<DescribeNamespaceResponse> All => [.. byName.Values.OrderBy(n => n.NamespaceInfo.Name, StringComparer.Ordinal)];

    /// <summary>The namespace of a request.</summary>
    /// <exception cref="RpcFailure">INVALID_ARGUMENT for an empty name, NOT_FOUND with its detail for an unknown one.</exception>
    public NamespaceRecord Require(string name)
    {
        if (name.Length == 0)
        {
            throw new RpcFailure(StatusCode.InvalidArgument, "Namespace is empty.");
        }

        return ToRecord(Find(name));
    }

    /// <summary>The namespace with an id, a deleted one too; null for an unknown one.</summary>
    public NamespaceRecord? FindById(string id) =>
        byName.Values.FirstOrDefault(n => n.NamespaceInfo.Id == id) is { } found ? ToRecord(found) : deleted.GetValueOrDefault(id);

    /// <summary>A namespace by name or, with an empty name, by id, as described to clients.</summary>
    public DescribeNamespaceResponse Describe(string name, string id)
    {
        if (name.Length == 0 && id.Length == 0)
        {
            throw new RpcFailure(StatusCode.InvalidArgument, "Namespace not set on request.");
        }

        return name.Length > 0
            ? Find(name)
            : byName.Values.FirstOrDefault(n => n.NamespaceInfo.Id == id) ?? throw NotFound(id);
    }

    /// <summary>Makes a namespace.</summary>
    /// <exception cref="RpcFailure">ALREADY_EXISTS when the name is taken.</exception>
    public Task<NamespaceRecord> RegisterAsync(string name, TimeSpan retention, string description = "", string ownerEmail = "", IDictionary<string, string>? data = null) =>
        WriteAsync(() =>
        {
            if (byName.ContainsKey(name))
            {
                throw new RpcFailure(StatusCode.AlreadyExists, $"Namespace \"{name}\" already exists", new NamespaceAlreadyExistsFailure());
            }

            var ns = new DescribeNamespaceResponse
            {
                NamespaceInfo = new()
                {
                    Name = name,
                    Id = Guid.NewGuid().ToString(),
                    State = NamespaceState.Registered,
                    Description = description,
                    OwnerEmail = ownerEmail,
                },
                Config = new()
                {
                    WorkflowExecutionRetentionTtl = Duration.FromTimeSpan(retention),
                    HistoryArchivalState = ArchivalState.Disabled,
                    VisibilityArchivalState = ArchivalState.Disabled,
                },
            };
            foreach (var (key, value) in data ?? new Dictionary<string, string>(StringComparer.Ordinal))
            {
                ns.NamespaceInfo.Data[key] = value;
            }

            return ns;
        });

    /// <summary>Changes a copy of a namespace and keeps it. Name and id cannot be changed.</summary>
    public Task<NamespaceRecord> UpdateAsync(string name, Action<DescribeNamespaceResponse> change) => WriteAsync(() =>
    {
        var changed = Find(name).Clone();
        change(changed);
        return changed;
    });

    /// <summary>
    /// Deletes a namespace: it gets another name, under which nobody finds it, and its own is free. What it holds is
    /// removed by <see cref="NamespaceRemoval"/>.
    /// </summary>
    /// <returns>The namespace under its last name.</returns>
    public async Task<NamespaceRecord> DeleteAsync(string name, string id)
    {
        await writing.WaitAsync();
        try
        {
            var ns = Describe(name, id).Clone();
            name = ns.NamespaceInfo.Name;
            (ns.NamespaceInfo.Name, ns.NamespaceInfo.State) = (NameOfDeleted(ns.NamespaceInfo), NamespaceState.Deleted);
            await pipeline.AppendAsync([new NamespaceWrite(ns.ToByteArray())]);
            deleted[ns.NamespaceInfo.Id] = ToRecord(ns);
            byName.TryRemove(name, out _);
            return ToRecord(ns);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => writing.Dispose();

    private async Task<NamespaceRecord> WriteAsync(Func<DescribeNamespaceResponse> make)
    {
        await writing.WaitAsync();
        try
        {
            var ns = make();
            await pipeline.AppendAsync([new NamespaceWrite(ns.ToByteArray())]);
            byName[ns.NamespaceInfo.Name] = ns;
            return ToRecord(ns);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The name with so much of the id behind it that no other namespace has it.</summary>
    private string NameOfDeleted(Temporalio.Api.Namespace.V1.NamespaceInfo info) => Enumerable.Range(ShortestSuffix, info.Id.Length - ShortestSuffix + 1)
        .Select(length => $"{info.Name}-deleted-{info.Id[..length]}")
        .First(name => !byName.ContainsKey(name) && deleted.Values.All(ns => ns.Name != name));

    private DescribeNamespaceResponse Find(string name) => byName.GetValueOrDefault(name) ?? throw NotFound(name);

    private static RpcFailure NotFound(string name) =>
        new(StatusCode.NotFound, $"Namespace {name} is not found.", new NamespaceNotFoundFailure { Namespace = name });

    private static NamespaceRecord ToRecord(DescribeNamespaceResponse ns) =>
        new(ns.NamespaceInfo.Id, ns.NamespaceInfo.Name, ns.Config.WorkflowExecutionRetentionTtl.ToTimeSpan());
}
