using System.Globalization;
using Microsoft.Extensions.Logging;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Telemetry;

/// <summary>
/// Tells in the log which answers take long to compute: what the document is called, never what it holds, and who was the first to ask. A stranger cannot flood the log: there are
/// so many lines a minute, then a count of those that are left out. Safe for any number of requests.
/// </summary>
/// <param name="threshold">From how long on; null for never.</param>
/// <param name="logger">Takes the lines.</param>
/// <param name="clock">Tells when a minute is over.</param>
internal sealed partial class SlowQueries(TimeSpan? threshold, ILogger logger, TimeProvider clock)
{
    /// <summary>Lines in a minute.</summary>
    public const int LinesAMinute = 10;

    private readonly Lock gate = new();
    private long minuteBegan;
    private int told;
    private int suppressed;

    /// <summary>Whether anybody wants to know.</summary>
    public bool IsOn => threshold is not null;

    /// <summary>An answer was computed, or given up.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Public name of who asked.</param>
    /// <param name="trace">What it took.</param>
    /// <param name="version">Version of the lake; null where none was opened.</param>
    public void Tell(GraphQLRequest request, string caller, ReportTrace trace, long? version)
    {
        if (trace.Elapsed is var elapsed && (threshold is null || elapsed < threshold) || !MayTell())
        {
            return;
        }

        var figures = trace.Figures;
        LogSlow(
            request.Saved ?? "document " + NormalizedDocument.HashOf(request.Query),
            elapsed.TotalMilliseconds,
            figures.Count,
            figures.Count == 0 ? "none" : string.Join(", ", figures.Select(figure => figure.Road).Distinct().Order(StringComparer.Ordinal)),
            figures.Sum(figure => figure.RowsRead),
            version?.ToString(CultureInfo.InvariantCulture) ?? "none",
            caller);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            LogDocument(NormalizedDocument.TextOf(request.Query));
        }
    }

    /// <summary>Whether there is room for a line in this minute. The first of a new minute tells what the one before left out.</summary>
    private bool MayTell()
    {
        int left;
        lock (gate)
        {
            left = 0;
            if (told == 0 || clock.GetElapsedTime(minuteBegan) >= TimeSpan.FromMinutes(1))
            {
                (minuteBegan, told, left, suppressed) = (clock.GetTimestamp(), 0, suppressed, 0);
            }

            if (told == LinesAMinute)
            {
                suppressed++;
                return false;
            }

            told++;
        }

        if (left > 0)
        {
            LogSuppressed(left);
        }

        return true;
    }

    [LoggerMessage(20, LogLevel.Warning,
        "Slow query: {Operation} took {Milliseconds:0} ms, {Figures} figures by {Roads}, {RowsRead} rows read, lake version {LakeVersion}, for {Caller}")]
    private partial void LogSlow(string operation, double milliseconds, int figures, string roads, long rowsRead, string lakeVersion, string caller);

    [LoggerMessage(21, LogLevel.Warning, "Slow queries: {Count} more were not told, for there were too many in a minute")]
    private partial void LogSuppressed(int count);

    [LoggerMessage(22, LogLevel.Debug, "Slow query: {Document}")]
    private partial void LogDocument(string document);
}
