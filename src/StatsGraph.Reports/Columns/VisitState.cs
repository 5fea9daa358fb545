namespace StatsGraph.Reports.Columns;

/// <summary>
/// How far the visits of one listener and kind have come: they are formed by taking its sessions in order. As it comes into being, there was
/// no session yet.
/// </summary>
internal record struct VisitState
{
    /// <summary>Seconds without a session after which the next one begins a visit.</summary>
    public const int Silence = 1800;

    private uint latestEnd;
    private int entry;

    /// <summary>Code of the mount of the first session of the visit.</summary>
    public readonly int EntryMount => entry - 1;

    /// <summary>Takes the next session; tells whether it begins a visit.</summary>
    public bool Take(uint start, uint end, int mount)
    {
        var first = entry == 0 || (long)start - latestEnd >= Silence;
        latestEnd = first ? end : Math.Max(latestEnd, end);
        entry = first ? mount + 1 : entry;
        return first;
    }

    /// <summary>Takes the next session, of which is known whether it begins a visit, and the entry mount.</summary>
    public void Take(uint end, bool first, int entryMount)
    {
        latestEnd = first ? end : Math.Max(latestEnd, end);
        entry = entryMount + 1;
    }
}
