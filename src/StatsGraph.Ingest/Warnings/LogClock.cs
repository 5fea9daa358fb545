using System.Runtime.CompilerServices;

namespace StatsGraph.Ingest.Warnings;

/// <summary>
/// Watches the stamps of one log from line to line. A server writes a line when a listener leaves, so that stamps only grow, but for seconds.
/// </summary>
internal sealed class LogClock
{
    /// <summary>Seconds that a stamp may be behind the one before it.</summary>
    private const long StepBack = 600;

    /// <summary>Seconds without a line that no running station has.</summary>
    private const long LeapAhead = 31 * 86_400;

    private long previous = long.MaxValue;

    /// <summary>Lines with a stamp so far.</summary>
    public long Lines { get; private set; }

    /// <summary>How often the stamps ran backwards.</summary>
    public long StepsBack { get; private set; }

    /// <summary>The largest step backwards.</summary>
    public ClockJump LargestStepBack { get; private set; }

    /// <summary>How often the stamps leapt ahead.</summary>
    public long LeapsAhead { get; private set; }

    /// <summary>The largest leap ahead.</summary>
    public ClockJump LargestLeapAhead { get; private set; }

    /// <summary>Sees the next line.</summary>
    /// <param name="endedAt">Its stamp in seconds since 1970.</param>
    /// <param name="line">Its number in the log.</param>
    [MethodImpl(PerLine.Code)]
    public void See(long endedAt, long line)
    {
        Lines++;
        if (endedAt < previous - StepBack && previous != long.MaxValue)
        {
            StepsBack++;
            LargestStepBack = LargestStepBack.OrLonger(previous - endedAt, line);
        }
        else if (endedAt > previous && endedAt - previous > LeapAhead)
        {
            LeapsAhead++;
            LargestLeapAhead = LargestLeapAhead.OrLonger(endedAt - previous, line);
        }

        previous = endedAt;
    }
}

/// <summary>A difference between two neighbouring lines of a log.</summary>
/// <param name="Seconds">How large it is.</param>
/// <param name="Line">1-based number of the second line.</param>
internal readonly record struct ClockJump(long Seconds, long Line)
{
    /// <summary>This jump, or another one when that is longer.</summary>
    public ClockJump OrLonger(long seconds, long line) => seconds > Seconds ? new ClockJump(seconds, line) : this;
}
