using System.Diagnostics;
using StatsGraph.Ingest.Logs;

namespace StatsGraph.Ingest;

/// <summary>Tells a caller a few times a second how far a run is.</summary>
/// <param name="progress">The caller; null for none.</param>
/// <param name="count">Counts the lines so far, and the rejected ones among them.</param>
/// <param name="logs">All logs of the run.</param>
internal sealed class ProgressReport(IProgress<IngestProgress>? progress, Func<(long Lines, long Rejected)> count, IReadOnlyList<LogFile> logs)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly long? bytesTotal = logs.Any(log => log.Path is null) ? null : logs.Sum(log => log.Size);
    private long bytesBefore;
    private OpenLog? current;
    private string name = "";
    private long last = Stopwatch.GetTimestamp();

    /// <summary>A log is being read from its start.</summary>
    public void Begin(OpenLog open, LogFile log) => (current, name) = (open, log.Name);

    /// <summary>The log was read.</summary>
    public void End()
    {
        bytesBefore += current!.BytesRead;
        current = null;
    }

    /// <summary>Tells how far the run is, unless that was told a moment ago.</summary>
    public void SendNowAndThen()
    {
        if (Stopwatch.GetElapsedTime(last) >= Interval)
            Send();
    }

    /// <summary>Tells how far the run is.</summary>
    public void Send()
    {
        last = Stopwatch.GetTimestamp();
        var (lines, rejected) = count();
        progress?.Report(new IngestProgress(name, bytesBefore + (current?.BytesRead ?? 0), bytesTotal, lines, rejected));
    }
}
