using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using StatsGraph.Server.Auth;

namespace StatsGraph.Server.Telemetry;

/// <summary>
/// The outermost part of the server: gives each request its id, and tells at level information what became of it. What is told has no address, no
/// query string and no path but that of the endpoint, as it is written in the program.
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
        await next(context);
        Describe(Activity.Current, context, method);
        if (logger.IsEnabled(LogLevel.Information))
        {
            LogRequest(
                KnownMethod(method), RouteOf(context) ?? "-", context.Response.StatusCode, Stopwatch.GetElapsedTime(since).TotalMilliseconds, Caller.Of(context).Name);
        }
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
}
