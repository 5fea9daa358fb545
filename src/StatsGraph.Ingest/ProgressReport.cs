using System.Diagnostics;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Ingest;

/// <summary>Tells a caller a few times a second how far a run is.</summary>
internal sealed class ProgressReport(IProgress<IngestProgress>? progress, Lazy<LogIntake> intake, IReadOnlyList<LogFile> logs)
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
        var (lines, rejected) = intake.IsValueCreated ? (intake.Value.Lines, intake.Value.Rejected) : (0, 0);
        progress?.Report(new IngestProgress(name, bytesBefore + (current?.BytesRead ?? 0), bytesTotal, lines, rejected));
    }
}
