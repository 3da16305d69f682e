using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Ccn.TemporalServer.Wire;

/// <summary>The gRPC services of Temporal's API that this server knows, as published in the SDK's descriptors.</summary>
internal static class RpcServices
{
    /// <summary>Full name of the service of clients and workers.</summary>
    public const string Workflow = "temporal.api.workflowservice.v1.WorkflowService";

    /// <summary>Full name of the service of operators.</summary>
    public const string Operator = "temporal.api.operatorservice.v1.OperatorService";

    /// <summary>Full name of the service by which tests steer the clock.</summary>
    public const string Test = "temporal.api.testservice.v1.TestService";

    /// <summary>Descriptor of every service, by full name.</summary>
    public static IReadOnlyDictionary<string, ServiceDescriptor> All { get; } = new[]
    {
        Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor,
        Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor,
        Temporalio.Api.TestService.V1.ServiceReflection.Descriptor,
    }.SelectMany(f => f.Services).ToDictionary(s => s.FullName, StringComparer.Ordinal);
}
