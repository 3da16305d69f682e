using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Matching;

/// <summary>Which queue: workflow, activity and Nexus tasks of one name are three queues.</summary>
internal readonly record struct TaskQueueKey(string NamespaceId, string Name, TaskQueueType Type);
