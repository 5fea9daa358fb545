using StatsGraph.Reports.Scans;

namespace StatsGraph.Reports.Rollups;

/// <summary>The figures of all listeners' sessions for each quarter hour of a window of time (see <see cref="Sweep.Window"/>).</summary>
/// <param name="Sums">Sums; nothing is said of the end of the data.</param>
/// <param name="Listeners">Listeners with 5 minutes of listening.</param>
/// <param name="Highest">Most open sessions, and the first second of it.</param>
internal sealed record WindowRollup(ReadOnlyMemory<Sums> Sums, ReadOnlyMemory<long> Listeners, ReadOnlyMemory<Level> Highest)
{
    /// <summary>Quarter hours of a window.</summary>
    public const int Quarters = (int)(Sweep.Window / Sweep.QuarterHour);

    /// <summary>A window without sessions.</summary>
    public static readonly WindowRollup Empty = new(new Sums[Quarters], new long[Quarters], new Level[Quarters]);

    /// <summary>Counts some windows that follow each other.</summary>
    /// <param name="scan">All listeners' sessions.</param>
    /// <param name="first">Number of the first window: its first second over the seconds of a window.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellation">Stops it.</param>
    public static WindowRollup[] Count(ColumnScan scan, uint first, int count, CancellationToken cancellation)
    {
        var from = first * Sweep.Window;
        var slices = TimeSlices.OfQuarterHours(from, from + ((uint)count * Sweep.Window));
        var sums = TotalsScan.ByKey(scan, slices, through: uint.MaxValue, cancellation);
        var listeners = QuarterHoursScan.ByKey(scan, slices, cancellation);
        var highest = PeakScan.ByKey(scan, slices, cancellation);
        // Each window has memory of its own, so that one that is kept does not keep the others.
        return [.. Enumerable.Range(0, count).Select(window => new Range(window * Quarters, (window + 1) * Quarters))
            .Select(range => new WindowRollup(sums[range], listeners[range], highest[range]))];
    }
}
