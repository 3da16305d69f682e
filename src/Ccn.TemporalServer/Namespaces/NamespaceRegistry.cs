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
    private readonly ConcurrentDictionary<string, DescribeNamespaceResponse> byName = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>Takes over what the store knows.</summary>
    public void Load(IEnumerable<byte[]> stored)
    {
        foreach (var bytes in stored)
        {
            var ns = DescribeNamespaceResponse.Parser.ParseFrom(bytes);
            byName[ns.NamespaceInfo.Name] = ns;
        }
    }

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

    /// <summary>The namespace with an id; null for an unknown one.</summary>
    public NamespaceRecord? FindById(string id) =>
        byName.Values.FirstOrDefault(n => n.NamespaceInfo.Id == id) is { } found ? ToRecord(found) : null;

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

    private DescribeNamespaceResponse Find(string name) => byName.GetValueOrDefault(name) ?? throw NotFound(name);

    private static RpcFailure NotFound(string name) =>
        new(StatusCode.NotFound, $"Namespace {name} is not found.", new NamespaceNotFoundFailure { Namespace = name });

    private static NamespaceRecord ToRecord(DescribeNamespaceResponse ns) =>
        new(ns.NamespaceInfo.Id, ns.NamespaceInfo.Name, ns.Config.WorkflowExecutionRetentionTtl.ToTimeSpan());
}
