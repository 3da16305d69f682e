using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Namespaces;

/// <summary>The search attributes of each namespace, those of the system and those added by hand, and the checks of their values.</summary>
internal sealed class SearchAttributeRegistry(DynamicConfig config, CommitPipeline pipeline)
{
    private readonly ConcurrentDictionary<string, ImmutableSortedDictionary<string, IndexedValueType>> custom = new(StringComparer.Ordinal);

    /// <summary>Takes over what the store knows.</summary>
    public void Load(IEnumerable<StoredSearchAttribute> stored)
    {
        foreach (var attribute in stored)
        {
            custom[attribute.NamespaceId] = Custom(attribute.NamespaceId).SetItem(attribute.Name, attribute.Type);
        }
    }

    /// <summary>The attributes added to a namespace by hand, in order of their names.</summary>
    public ImmutableSortedDictionary<string, IndexedValueType> Custom(string namespaceId) =>
        custom.GetValueOrDefault(namespaceId, ImmutableSortedDictionary.Create<string, IndexedValueType>(StringComparer.Ordinal));

    /// <summary>Type of an attribute that queries of a namespace may name; null for an unknown one.</summary>
    public IndexedValueType? TypeOf(string namespaceId, string name) =>
        SystemSearchAttributes.Columns.TryGetValue(name, out var type) || SystemSearchAttributes.Predefined.TryGetValue(name, out type)
        || Custom(namespaceId).TryGetValue(name, out type) ? type : null;

    /// <summary>Adds custom attributes. One that exists stays as it is, whatever type was asked for, as on the real server.</summary>
    public async Task AddAsync(string namespaceId, IEnumerable<KeyValuePair<string, IndexedValueType>> attributes)
    {
        var added = attributes.Where(a => !Custom(namespaceId).ContainsKey(a.Key)).ToList();
        if (added.Find(a => SystemSearchAttributes.IsReserved(a.Key)) is { Key: { } reserved })
        {
            throw new RpcFailure(StatusCode.InvalidArgument, $"Search attribute {reserved} is reserved by system.");
        }

        if (added.Find(a => a.Value is IndexedValueType.Unspecified || !Enum.IsDefined(a.Value)) is { Key: { } untyped })
        {
            throw new RpcFailure(StatusCode.InvalidArgument, $"Unable to use search attribute type for search attribute {untyped}.");
        }

        foreach (var (name, _) in added)
        {
            Names.CheckText("Search attribute", name);
        }

        if (added.Count > 0)
        {
            await pipeline.AppendAsync([.. added.Select(a => new SearchAttributeWrite(namespaceId, a.Key, a.Value))]);
            Change(namespaceId, current => current.SetItems(added));
        }
    }

    /// <summary>Removes custom attributes; unknown ones are ignored. Values which runs already have stay, but cannot be queried.</summary>
    public async Task RemoveAsync(string namespaceId, IEnumerable<string> names)
    {
        var asked = names.ToList();
        if (asked.Find(SystemSearchAttributes.IsReserved) is { } reserved)
        {
            throw new RpcFailure(StatusCode.InvalidArgument, $"Unable to remove non-custom search attributes: {reserved}.");
        }

        var removed = asked.Where(Custom(namespaceId).ContainsKey).ToList();
        if (removed.Count > 0)
        {
            await pipeline.AppendAsync([.. removed.Select(n => new SearchAttributeWrite(namespaceId, n, null))]);
            Change(namespaceId, current => current.RemoveRange(removed));
        }
    }

    /// <summary>
    /// Checks what a caller or a command sets: names, values and sizes. Gives a copy with the types filled in, which is
    /// what events record; payloads that remove an attribute are still in it. Null in, null out.
    /// </summary>
    /// <exception cref="RpcFailure">INVALID_ARGUMENT with the text of the real server.</exception>
    public SearchAttributes? Checked(NamespaceRecord ns, SearchAttributes? given)
    {
        if (given is null)
        {
            return null;
        }

        var limit = config.Int("frontend.searchAttributesNumberOfKeysLimit", 100);
        if (given.IndexedFields.Count > limit)
        {
            throw new RpcFailure(StatusCode.InvalidArgument, $"number of search attributes {given.IndexedFields.Count} exceeds limit {limit}");
        }

        var typed = new SearchAttributes();
        foreach (var (name, payload) in given.IndexedFields)
        {
            var type = CheckedType(ns, name);
            CheckValue(name, type, payload);
            typed.IndexedFields[name] = SearchAttributeValues.WithType(payload, type);
        }

        CheckSizes(given);
        return typed;
    }

    /// <summary>What a run has after an upsert: new values replace old ones, removals take them away. Null when nothing is left.</summary>
    public static SearchAttributes? Merged(SearchAttributes? current, SearchAttributes? change)
    {
        var merged = current?.Clone() ?? new SearchAttributes();
        foreach (var (name, payload) in change?.IndexedFields ?? [])
        {
            if (payload.IsRemoval())
            {
                merged.IndexedFields.Remove(name);
            }
            else
            {
                merged.IndexedFields[name] = payload;
            }
        }

        return merged.IndexedFields.Count == 0 ? null : merged;
    }

    private IndexedValueType CheckedType(NamespaceRecord ns, string name)
    {
        if (SystemSearchAttributes.Columns.ContainsKey(name))
        {
            throw new RpcFailure(StatusCode.InvalidArgument, $"{name} attribute can't be set in SearchAttributes");
        }

        return TypeOf(ns.Id, name)
            ?? throw new RpcFailure(StatusCode.InvalidArgument, $"Namespace {ns.Name} has no mapping defined for search attribute {name}");
    }

    private static void CheckValue(string name, IndexedValueType type, Payload payload)
    {
        if (!payload.IsRemoval() && SearchAttributeValues.Decode(payload, type) is null)
        {
            throw new RpcFailure(StatusCode.InvalidArgument, $"invalid value for search attribute {name} of type {type}: {Shown(payload)}");
        }
    }

    private void CheckSizes(SearchAttributes given)
    {
        var valueLimit = config.Int("frontend.searchAttributesSizeOfValueLimit", 2 * 1024);
        var totalLimit = config.Int("frontend.searchAttributesTotalSizeLimit", 40 * 1024);
        foreach (var (name, payload) in given.IndexedFields)
        {
            if (payload.Data.Length > valueLimit)
            {
                throw new RpcFailure(StatusCode.InvalidArgument, $"search attribute {name} value size {payload.Data.Length} exceeds size limit {valueLimit}");
            }
        }

        if (given.CalculateSize() is var total && total > totalLimit)
        {
            throw new RpcFailure(StatusCode.InvalidArgument, $"total size of search attributes {total} exceeds size limit {totalLimit}");
        }
    }

    /// <summary>A value as the real server shows it: strings bare, lists in brackets with spaces.</summary>
    private static string Shown(Payload payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload.Data.Memory);
            return Shown(json.RootElement);
        }
        catch (JsonException)
        {
            return payload.Data.ToStringUtf8();
        }

        static string Shown(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => "[" + string.Join(' ', value.EnumerateArray().Select(Shown)) + "]",
            _ => value.GetRawText(),
        };
    }

    private void Change(string namespaceId, Func<ImmutableSortedDictionary<string, IndexedValueType>, ImmutableSortedDictionary<string, IndexedValueType>> change) =>
        custom.AddOrUpdate(namespaceId, id => change(Custom(id)), (_, current) => change(current));
}
