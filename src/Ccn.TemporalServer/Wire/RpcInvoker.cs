using System.Diagnostics;
using Ccn.TemporalServer.Hosting;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Temporalio.Api.Common.V1;
using Status = Grpc.Core.Status;

namespace Ccn.TemporalServer.Wire;

/// <summary>Calls a handler and turns whatever it throws into the status that SDKs expect.</summary>
internal sealed partial class RpcInvoker(IHostApplicationLifetime lifetime, ServerMetrics metrics, ILogger<RpcInvoker> logger)
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>Answers one call.</summary>
    public async Task<TResponse> InvokeAsync<TRequest, TResponse>(
        string method, Func<TRequest, RpcContext, Task<TResponse>> answer, TRequest request, ServerCallContext call)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var response = await AnswerAsync(method, answer, request, call);
            metrics.Answered(method, StatusCode.OK, began);
            return response;
        }
        catch (RpcException e)
        {
            metrics.Answered(method, e.StatusCode, began);
            throw;
        }
    }

    private async Task<TResponse> AnswerAsync<TRequest, TResponse>(
        string method, Func<TRequest, RpcContext, Task<TResponse>> answer, TRequest request, ServerCallContext call)
    {
        // A parked long poll must not hold up the end of the server.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            return await answer(request, ContextOf(method, call, ended.Token));
        }
        catch (RpcFailure e)
        {
            throw ToRpcException(e);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            throw new RpcException(StatusOfCanceled(call));
        }
        catch (Exception e) when (e is not RpcException)
        {
            LogUnexpected(e, method);
            throw new RpcException(new Status(StatusCode.Unknown, $"{method} failed unexpectedly: {e.Message}"));
        }
    }

    private static RpcContext ContextOf(string method, ServerCallContext call, CancellationToken cancellation)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in call.RequestHeaders)
        {
            if (!header.IsBinary)
            {
                headers[header.Key] = header.Value;
            }
        }

        return new(
            method,
            headers,
            call.Deadline == DateTime.MaxValue ? null : new DateTimeOffset(call.Deadline, TimeSpan.Zero),
            call.Peer,
            headers.GetValueOrDefault("client-name"),
            cancellation);
    }

    private Status StatusOfCanceled(ServerCallContext call) =>
        lifetime.ApplicationStopping.IsCancellationRequested ? new(StatusCode.Unavailable, "server is shutting down")
        : call.Deadline <= DateTime.UtcNow ? new(StatusCode.DeadlineExceeded, "context deadline exceeded")
        : new(StatusCode.Cancelled, "context canceled");

    private static RpcException ToRpcException(RpcFailure failure)
    {
        var trailers = new Metadata();
        if (failure.Details.Count > 0)
        {
            var details = new GrpcStatus { Code = (int)failure.Code, Message = failure.Message };
            details.Details.AddRange(failure.Details.Select(Any.Pack));
            trailers.Add(DetailsTrailer, details.ToByteArray());
        }

        return new(new Status(failure.Code, failure.Message), trailers);
    }

    [LoggerMessage(LogLevel.Error, "{Method} failed unexpectedly.")]
    private partial void LogUnexpected(Exception cause, string method);
}
