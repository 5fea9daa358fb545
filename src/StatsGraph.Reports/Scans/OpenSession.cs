namespace StatsGraph.Reports.Scans;

/// <summary>A session of more than 0 seconds, in a sweep through time.</summary>
/// <param name="Start">Second of the columns.</param>
/// <param name="End">Second of the columns, after the start.</param>
/// <param name="Listener">Number of the listener.</param>
/// <param name="Group">Number of the group.</param>
internal readonly record struct OpenSession(uint Start, uint End, int Listener, int Group);

/// <summary>Makes figures of what is open in a window of time.</summary>
internal interface ISweepFigure
{
    /// <summary>Takes all sessions of a group that are open in a window.</summary>
    /// <param name="from">First second of the window; windows come in order and each lies within the list's time.</param>
    /// <param name="to">Second after the last. Windows meet at whole quarter hours.</param>
    /// <param name="group">Number of the group.</param>
    /// <param name="sessions">Those that started before the window first, the others by start.</param>
    void Add(uint from, uint to, int group, ReadOnlySpan<OpenSession> sessions);
}
