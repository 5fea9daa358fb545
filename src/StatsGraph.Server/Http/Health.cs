using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Server.Auth;

namespace StatsGraph.Server.Http;

/// <summary>Whether the process runs, and whether it can answer.</summary>
internal sealed partial class Health(ReportStore store, ILogger logger)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", context => WriteAsync(context, StatusCodes.Status200OK, "live")).Needs(Right.None);
        app.MapGet("/health/ready", ReadyAsync).Needs(Right.None);
    }

    /// <summary>
    /// 200 when the newest snapshot of the lake can be opened and the columns are there, where there are to be any; else 503.
    /// How far they are is told to the operator alone: it counts lines and sites.
    /// </summary>
    private Task ReadyAsync(HttpContext context)
    {
        try
        {
            store.CheckLake();
            return store.Building is { } progress
                ? WriteAsync(
                    context, StatusCodes.Status503ServiceUnavailable, Caller.Of(context).MayOperate ? TextOf(progress) : "not ready: building columns")
                : WriteAsync(context, StatusCodes.Status200OK, "ready");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailure(error);
            return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "not ready: the lake cannot be read");
        }
    }

    /// <summary>Lines as they are counted, with commas; sites that are being looked for are none yet.</summary>
    internal static string TextOf(ColumnProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"not ready: building columns, {progress.Done:N0} of {progress.Lines:N0} lines of {progress.Sites:N0} site{(progress.Sites == 1 ? "" : "s")}");

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
