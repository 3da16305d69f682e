using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Ccn.TemporalServer.Wire;

/// <summary>
/// <c>grpc.health.v1.Health/Check</c>. Its two messages have one field each, so they are read and written by hand
/// instead of bringing a package for them.
/// </summary>
internal sealed class HealthService(HealthState state) : IServiceMethodProvider<RpcEndpoint>
{
    // HealthCheckResponse{status = SERVING (1) | NOT_SERVING (2)}: field 1, varint.
    private static readonly byte[] Serving = [0x08, 0x01];
    private static readonly byte[] NotServing = [0x08, 0x02];

    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<RpcEndpoint> context)
    {
        var bytes = new Marshaller<byte[]>(b => b, b => b);
        context.AddUnaryMethod(new Method<byte[], byte[]>(MethodType.Unary, "grpc.health.v1.Health", "Check", bytes, bytes), [], Check);
    }

    private Task<byte[]> Check(RpcEndpoint endpoint, byte[] request, ServerCallContext call) => ServiceIn(request) is "" or RpcServices.Workflow
        ? Task.FromResult(state.IsServing ? Serving : NotServing)
        : throw new RpcException(new Status(StatusCode.NotFound, "unknown service"));

    /// <summary>HealthCheckRequest{service}: field 1, string.</summary>
    private static string ServiceIn(byte[] request)
    {
        var input = new CodedInputStream(request);
        var service = "";
        while (input.ReadTag() is not 0 and var tag)
        {
            if (tag == WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited))
            {
                service = input.ReadString();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return service;
    }
}

/// <summary>
/// Whether the server does its work. It does not while its database is out of reach, and never again once another process
/// has taken the database.
/// </summary>
internal sealed class HealthState
{
    private volatile bool isFenced;
    private volatile bool isStoreOut;

    /// <summary>True while requests are answered and stored.</summary>
    public bool IsServing => !isFenced && !isStoreOut;

    /// <summary>A commit failed.</summary>
    public void StoreIsOut() => isStoreOut = true;

    /// <summary>The store answers again.</summary>
    public void StoreIsBack() => isStoreOut = false;

    /// <summary>From now on the server is not healthy; there is no way back but a restart.</summary>
    public void StopServing() => isFenced = true;
}
