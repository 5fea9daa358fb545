using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Ingest.Remote;

/// <summary>
/// One log on its way to the server: read from its start, since equal lines are counted from there, and sent from where the server's knowledge of
/// it ends.
/// </summary>
internal sealed class RemoteLog(RemoteRun run, LogFile log)
{
    /// <summary>Its reading so far.</summary>
    public Source Source { get; private set; } = new(log, knownLength: 0);

    /// <summary>Reads and sends all of the log.</summary>
    /// <exception cref="BrokenLogException">It cannot be opened.</exception>
    /// <exception cref="RemoteRefusal">The server takes no such log.</exception>
    /// <exception cref="IngestException">The server cannot be used.</exception>
    public void Read(Func<Stream> standardInput, ProgressReport report)
    {
        var (useKnown, soundLength) = (true, long.MaxValue);
        while (true)
        {
            var before = (run.Lines, run.Skipped, run.Waiting, run.Rejected);
            using var open = OpenLog.Open(log, standardInput, LogBlockReader.DefaultBlockSize);
            report.Begin(open, log);
            Source = new Source(log, knownLength: 0);
            var reading = new RemoteReading(run, log, open, Source, useKnown && open.CanReopen, soundLength);
            var outcome = reading.Read(report);
            if (outcome == RemoteOutcome.Read)
            {
                report.End();
                return;
            }

            (run.Lines, run.Skipped, run.Waiting, run.Rejected) = before;
            // An archive that turned out to be damaged is sent as far as it is sound; a log that is another one than the known one, from its start.
            if (outcome == RemoteOutcome.Damaged)
                soundLength = SoundLength(standardInput);
            else
                useKnown = false;
        }
    }

    /// <summary>Unpacks a damaged archive to find out how much of it is sound.</summary>
    private long SoundLength(Func<Stream> standardInput)
    {
        using var open = OpenLog.Open(log, standardInput, LogBlockReader.DefaultBlockSize);
        var sound = 0L;
        foreach (var block in open.Blocks(run.Cancellation))
        {
            using (block)
                sound = Math.Max(sound, block.SoundLength);
        }

        return sound;
    }
}

/// <summary>How a reading of a log ended.</summary>
internal enum RemoteOutcome
{
    /// <summary>At the end of the log, or where it cannot be read on.</summary>
    Read,

    /// <summary>The server knows another log that begins alike: this one has to be sent from its start.</summary>
    Different,

    /// <summary>An archive turned out to be damaged before doubtful lines of it were sent.</summary>
    Damaged,
}
