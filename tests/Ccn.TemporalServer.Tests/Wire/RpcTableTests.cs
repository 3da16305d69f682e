using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace Ccn.TemporalServer.Tests.Wire;

/// <summary>Every method of the published descriptors is either answered or refused by name, and the refused ones are known with their reasons.</summary>
public sealed class RpcTableTests
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    [Fact]
    public async Task Every_method_is_answered_or_refused_by_name()
    {
        await using var server = await EmbeddedTemporalServer.StartAsync(new() { TimeSkipping = true }, TestContext.Current.CancellationToken);
        using var channel = GrpcChannel.ForAddress("http://" + server.Address);
        var calls = channel.CreateCallInvoker();

        var refused = new List<string>();
        foreach (var method in RpcServices.All.Values.SelectMany(service => service.Methods))
        {
            var status = await StatusOfAsync(calls, method.Service.FullName, method.Name);
            if (status.StatusCode != StatusCode.Unimplemented || status.Detail.StartsWith("workflow pause is not enabled", StringComparison.Ordinal)) { continue; }

            Assert.Equal("unknown method " + method.Name, status.Detail);
            refused.Add(method.Name);
        }

        Assert.Equal(UnimplementedRpcs.All.Keys.Order(StringComparer.Ordinal), refused.Order(StringComparer.Ordinal));
    }

    // An empty message: what is answered refuses it at once, or has nothing to say.
    private static async Task<Status> StatusOfAsync(CallInvoker calls, string service, string method)
    {
        try
        {
            await calls.AsyncUnaryCall(
                new Method<byte[], byte[]>(MethodType.Unary, service, method, Bytes, Bytes), null, new(deadline: DateTime.UtcNow.AddSeconds(30)), []);
            return Status.DefaultSuccess;
        }
        catch (RpcException e)
        {
            return e.Status;
        }
    }
}
