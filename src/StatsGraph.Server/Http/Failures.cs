using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Server.Http;

/// <summary>Answers where nothing else does: when a request cannot be read to its end, or answering it has failed unexpectedly.</summary>
internal sealed partial class Failures(ILogger logger)
{
    /// <summary>Answers in GraphQL's error form and tells nothing of the cause; the log has it. What has begun already is broken off.</summary>
    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException unreadable) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, new RequestFault(unreadable.StatusCode, ErrorCodes.RequestInvalid, "The request cannot be read."));
        }
        catch (Exception failure) when (IsOurs(failure) && !context.RequestAborted.IsCancellationRequested)
        {
            LogFailure(failure);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            await WriteAsync(context, new RequestFault(StatusCodes.Status500InternalServerError, ErrorCodes.Internal, ErrorMapping.InternalMessage));
        }
    }

    /// <summary>What a client does to its own request, or to its connection, is left to the server beneath.</summary>
    private static bool IsOurs(Exception failure) => failure is not (BadHttpRequestException or ConnectionResetException or OperationCanceledException);

    private static Task WriteAsync(HttpContext context, RequestFault fault)
    {
        context.Response.Clear();
        context.Response.Headers[RequestId.Header] = context.TraceIdentifier;
        SecurityHeaders.AddTo(context);
        return Refusals.WriteAsync(context, fault);
    }

    [LoggerMessage(23, LogLevel.Error, "A request failed")]
    private partial void LogFailure(Exception exception);
}
