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

    /// <summary>Answers one gRPC call.</summary>
    public async Task<TResponse> InvokeAsync<TRequest, TResponse>(
        string method, Func<TRequest, RpcContext, Task<TResponse>> answer, TRequest request, ServerCallContext call)
    {
        try
        {
            return await AnswerAsync(method, cancellation => answer(request, ContextOf(method, call, cancellation)), call.Deadline, call.CancellationToken);
        }
        catch (RpcFailure e)
        {
            throw ToRpcException(e);
        }
    }

    /// <summary>Runs a handler, whichever way it was called.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="answer">Calls the handler. Its token ends with the caller's and with the server.</param>
    /// <param name="deadline">When the caller gives up, UTC; <see cref="DateTime.MaxValue"/> when it set none.</param>
    /// <param name="caller">Signalled when the caller goes away.</param>
    /// <exception cref="RpcFailure">Anything that went wrong.</exception>
    public async Task<TResponse> AnswerAsync<TResponse>(string method, Func<CancellationToken, Task<TResponse>> answer, DateTime deadline, CancellationToken caller)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var response = await RunAsync(method, answer, deadline, caller);
            metrics.Answered(method, StatusCode.OK, began);
            return response;
        }
        catch (RpcFailure e)
        {
            metrics.Answered(method, e.Code, began);
            throw;
        }
    }

    private async Task<TResponse> RunAsync<TResponse>(string method, Func<CancellationToken, Task<TResponse>> answer, DateTime deadline, CancellationToken caller)
    {
        // A parked long poll must not hold up the end of the server.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(caller, lifetime.ApplicationStopping);
        try
        {
            return await answer(ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            throw OfCanceled(deadline);
        }
        catch (Exception e) when (e is not RpcFailure)
        {
            LogUnexpected(e, method);
            throw new RpcFailure(StatusCode.Unknown, $"{method} failed unexpectedly: {e.Message}");
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

    private RpcFailure OfCanceled(DateTime deadline) =>
        lifetime.ApplicationStopping.IsCancellationRequested ? new(StatusCode.Unavailable, "server is shutting down")
        : deadline <= DateTime.UtcNow ? new(StatusCode.DeadlineExceeded, "context deadline exceeded")
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
