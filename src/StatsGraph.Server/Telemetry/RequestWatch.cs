using System.Diagnostics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Telemetry;

/// <summary>
/// The outermost part of the server: gives each request its id, tells at level information what became of it, and turns what nobody expected into an
/// answer that can be quoted. What is told has no address, no query string and no path but that of the endpoint, as it is written in the program.
/// </summary>
/// <param name="logger">Takes the lines.</param>
internal sealed partial class RequestWatch(ILogger logger)
{
    /// <summary>Belongs before everything else.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var since = Stopwatch.GetTimestamp();
        var id = RequestId.Of(context.Request.Headers);
        RequestId.Current = context.TraceIdentifier = id;
        context.Response.Headers[RequestId.Header] = id;
        // What answers may change it: HEAD becomes GET.
        var method = context.Request.Method;
        try
        {
            await next(context);
        }
        catch (Exception failure) when (IsOurs(failure) && !context.RequestAborted.IsCancellationRequested)
        {
            LogFailure(failure);
            await TryTellAsync(context);
        }

        Describe(Activity.Current, context, method);
        if (logger.IsEnabled(LogLevel.Information))
        {
            LogRequest(
                KnownMethod(method), RouteOf(context) ?? "-", context.Response.StatusCode, Stopwatch.GetElapsedTime(since).TotalMilliseconds, Caller.Of(context).Name);
        }
    }

    /// <summary>What a client does to its own request, or to its connection, is left to the server beneath.</summary>
    private static bool IsOurs(Exception failure) => failure is not (BadHttpRequestException or ConnectionResetException or OperationCanceledException);

    private static async Task TryTellAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        var answer = GraphQLAnswer.Error(GraphQLOutcome.Failed, ErrorCodes.Internal, ErrorMapping.InternalMessage);
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentType = MediaTypes.Header(AnswerType.Json);
        context.Response.ContentLength = null;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Remove("ETag");
        await context.Response.Body.WriteAsync(await GraphQLEngine.SerializeAsync(answer.Result, context.RequestAborted), context.RequestAborted);
    }

    /// <summary>Names the span of the request by OpenTelemetry's conventions; the framework leaves it without attributes.</summary>
    private static void Describe(Activity? span, HttpContext context, string method)
    {
        if (span is not { IsAllDataRequested: true, Kind: ActivityKind.Server })
        {
            return;
        }

        var route = RouteOf(context);
        span.DisplayName = route is null ? KnownMethod(method) : $"{KnownMethod(method)} {route}";
        span.SetTag("http.request.method", KnownMethod(method)).SetTag("http.route", route).SetTag("url.scheme", context.Request.Scheme);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static string? RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    /// <summary>A method is whatever a client writes, so those that are none of HTTP's are one.</summary>
    private static string KnownMethod(string method)
        => Array.Find(["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "TRACE"], method.Equals) ?? "_OTHER";

    [LoggerMessage(15, LogLevel.Information, "{Method} {Route} {Status} in {Milliseconds:0.0} ms for {Caller}")]
    private partial void LogRequest(string method, string route, int status, double milliseconds, string caller);

    [LoggerMessage(16, LogLevel.Error, "A request failed")]
    private partial void LogFailure(Exception exception);
}
