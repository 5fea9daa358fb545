using StatsGraph.Reports.Scans;

namespace StatsGraph.Reports.Rollups;

/// <summary>Windows that follow each other, asked for runs of their quarter hours.</summary>
/// <param name="from">First second of the first window.</param>
/// <param name="windows">The windows.</param>
internal sealed class QuarterHours(uint from, IReadOnlyList<WindowRollup> windows)
{
    /// <summary>Sums over a run of quarter hours.</summary>
    /// <param name="first">First second, a multiple of 900 s.</param>
    /// <param name="end">Second after the last, a multiple of 900 s.</param>
    public Sums Sums(uint first, uint end)
    {
        var total = default(Sums);
        foreach (var (window, quarters) in Of(first, end))
        {
            foreach (ref readonly var sums in window.Sums.Span[quarters])
                total.Add(sums);
        }

        return total;
    }

    /// <summary>Listeners with 5 minutes of a quarter hour, summed over a run of them.</summary>
    /// <inheritdoc cref="Sums"/>
    public long Listeners(uint first, uint end)
    {
        long total = 0;
        foreach (var (window, quarters) in Of(first, end))
        {
            foreach (var count in window.Listeners.Span[quarters])
                total += count;
        }

        return total;
    }

    /// <summary>Most open sessions in a run of quarter hours, and the first second of it.</summary>
    /// <inheritdoc cref="Sums"/>
    public Level Highest(uint first, uint end)
    {
        var highest = default(Level);
        foreach (var (window, quarters) in Of(first, end))
        {
            foreach (var level in window.Highest.Span[quarters])
            {
                if (level.Open > highest.Open)
                    highest = level;
            }
        }

        return highest;
    }

    private IEnumerable<(WindowRollup Window, Range Quarters)> Of(uint first, uint end)
    {
        while (first < end)
        {
            var window = (int)((first - from) / Sweep.Window);
            var begin = from + ((uint)window * Sweep.Window);
            var until = Math.Min(end, begin + Sweep.Window);
            yield return (windows[window], (int)((first - begin) / Sweep.QuarterHour)..(int)((until - begin) / Sweep.QuarterHour));
            first = until;
        }
    }
}
