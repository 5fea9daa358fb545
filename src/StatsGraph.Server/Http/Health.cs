using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using StatsGraph.Reports;

namespace StatsGraph.Server.Http;

/// <summary>Whether the process runs, and whether it can answer.</summary>
internal sealed partial class Health(ReportStore store, ILogger logger)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", context => WriteAsync(context, StatusCodes.Status200OK, "live"));
        app.MapGet("/health/ready", ReadyAsync);
    }

    /// <summary>200 when the newest snapshot of the lake can be opened, else 503.</summary>
    private Task ReadyAsync(HttpContext context)
    {
        try
        {
            using var reports = store.Open();
            return WriteAsync(context, StatusCodes.Status200OK, "ready");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailure(error);
            return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "not ready: the lake cannot be read");
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    [LoggerMessage(3, LogLevel.Warning, "The lake cannot be read")]
    private partial void LogFailure(Exception exception);
}
