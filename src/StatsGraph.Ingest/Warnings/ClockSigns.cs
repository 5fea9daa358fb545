namespace StatsGraph.Ingest.Warnings;

/// <summary>What the stamps of the logs of a run tell about the server's clock.</summary>
internal sealed class ClockSigns
{
    /// <summary>Shorter logs are pieces or tests, and say nothing about a clock.</summary>
    private const long EnoughLines = 100;

    private string backLog = "";
    private string aheadLog = "";
    private ClockJump back;
    private ClockJump ahead;
    private long backLogs;
    private long aheadLogs;
    private long steps;
    private long leaps;

    /// <summary>Adds a log that was read.</summary>
    public void Add(string log, LogClock clock)
    {
        if (clock.Lines < EnoughLines)
            return;
        backLogs += clock.StepsBack > 0 ? 1 : 0;
        aheadLogs += clock.LeapsAhead > 0 ? 1 : 0;
        steps += clock.StepsBack;
        leaps += clock.LeapsAhead;
        if (clock.LargestStepBack.Seconds > back.Seconds)
            (backLog, back) = (log, clock.LargestStepBack);
        if (clock.LargestLeapAhead.Seconds > ahead.Seconds)
            (aheadLog, ahead) = (log, clock.LargestLeapAhead);
    }

    /// <summary>The warnings that follow.</summary>
    public IEnumerable<IngestWarning> Warnings()
    {
        if (steps > 0)
        {
            yield return new IngestWarning(
                "clock-set-back",
                $"stamps run backwards {Words.Times(steps)} in {Words.Counted(backLogs, "log")}, at most by {Words.Time(back.Seconds)} "
                + $"at {backLog}:{Words.Position(back.Line)}: the server's clock was set back, which moves listening to hours it "
                + "did not happen in, or several logs were joined out of order, which does no harm; let the server keep its clock by NTP");
        }

        if (leaps > 0)
        {
            yield return new IngestWarning(
                "clock-leap",
                $"stamps leap ahead {Words.Times(leaps)} in {Words.Counted(aheadLogs, "log")}, at most by {Words.Time(ahead.Seconds)} at "
                + $"{aheadLog}:{Words.Position(ahead.Line)}: the server's clock was wrong before, so that listening counts in a "
                + "time it did not happen in, or logs of that time are missing; look at the lines before it, and ingest what is missing");
        }
    }
}
