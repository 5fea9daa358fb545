using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports.Scans;

/// <summary>Sums of a row, being added up; see <see cref="Totals"/>.</summary>
internal struct Sums
{
    private long sessions;
    private long visits;
    private long duration;
    private ulong bytes;
    private ulong bytesCarried;
    private long seconds;
    private long secondsThrough;

    /// <summary>Sessions that touch the row's time, one for each slice.</summary>
    public long Pieces { get; private set; }

    public void Open(uint start, uint end, uint from, uint to, uint through)
    {
        Pieces++;
        var begin = Math.Max(start, from);
        var until = Math.Min(end, to);
        if (until <= begin)
            return;
        seconds += until - begin;
        until = Math.Min(until, through);
        if (until > begin)
            secondsThrough += until - begin;
    }

    public void Start(uint length, ulong size, SessionFlags flags)
    {
        sessions++;
        visits += (int)(flags & SessionFlags.First) >> 2;
        duration += length;
        bytes += size;
        if (bytes < size)
            bytesCarried++;
    }

    /// <summary>Adds the sums of another time, or of other sessions.</summary>
    public void Add(in Sums other)
    {
        Pieces += other.Pieces;
        sessions += other.sessions;
        visits += other.visits;
        duration += other.duration;
        bytes += other.bytes;
        bytesCarried += other.bytesCarried + (bytes < other.bytes ? 1UL : 0);
        seconds += other.seconds;
        secondsThrough += other.secondsThrough;
    }

    /// <summary>Takes the seconds before the end of the data from sums that go no further.</summary>
    public void SetThrough(in Sums before) => secondsThrough = before.secondsThrough;

    /// <summary>Takes all seconds to be before the end of the data, or none.</summary>
    public void SetThrough(bool isBefore) => secondsThrough = isBefore ? seconds : 0;

    public readonly Totals ToTotals()
        => new(sessions, visits, duration, ((Int128)bytesCarried << 64) + bytes, seconds, secondsThrough);
}
