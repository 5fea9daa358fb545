using System.Runtime.InteropServices;

namespace StatsGraph.Reports.Scans;

/// <summary>
/// Goes through time in windows, and tells for each and each group which sessions are open in it. What it remembers is what is open, and
/// not all sessions of a long time.
/// </summary>
internal static class Sweep
{
    /// <summary>Seconds of a window: 36 hours.</summary>
    public const uint Window = 144 * QuarterHour;

    /// <summary>Seconds of a quarter hour; they begin at multiples of it, also in the seconds of the columns.</summary>
    public const uint QuarterHour = 900;

    /// <summary>Sweeps through a time on all cores, each in a part of it.</summary>
    /// <param name="scan">The sessions.</param>
    /// <param name="slices">The time.</param>
    /// <param name="groups">Makes the groups of a part.</param>
    /// <param name="figure">Makes the figure of a part, from its groups.</param>
    /// <param name="cancellation">Stops it after the window at hand.</param>
    /// <returns>The figures of the parts, in the order of time.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static TFigure[] Run<TFigure>(
        ColumnScan scan, TimeSlices slices, Func<RowGroups> groups, Func<RowGroups, TFigure> figure, CancellationToken cancellation)
        where TFigure : ISweepFigure
    {
        if (slices.Count == 0 || slices.From >= slices.To)
            return [];
        var bounds = Parts(slices.From, slices.To);
        var figures = new TFigure[bounds.Count - 1];
        Parallel.For(0, figures.Length, new ParallelOptions { CancellationToken = cancellation }, part =>
        {
            var own = groups();
            figures[part] = figure(own);
            new Part(bounds[part], bounds[part + 1], own, figures[part]).Run(scan, cancellation);
        });
        return figures;
    }

    /// <summary>Cuts a time where windows meet, into a part a core; a short one stays whole.</summary>
    private static List<uint> Parts(uint from, uint to)
    {
        var cores = (uint)Environment.ProcessorCount;
        var bounds = new List<uint> { from };
        var length = (to - from) / cores / Window * Window;
        for (uint part = 1; length > 0 && part < cores; part++)
            bounds.Add((from / Window * Window) + (part * length));
        bounds.Add(to);
        return bounds;
    }

    /// <summary>A part of the time, swept by one thread.</summary>
    private sealed class Part(uint first, uint to, RowGroups groups, ISweepFigure figure)
    {
        private readonly List<OpenSession> open = [];
        private readonly List<OpenSession> coming = [];
        private uint window = first;
        private OpenSession[] sorted = [];
        private int[] counts = [];

        public void Run(ColumnScan scan, CancellationToken cancellation)
        {
            scan.RunInOrder(
                window,
                to,
                this,
                (part, rows, selected) =>
                {
                    part.Take(rows, selected);
                    while (part.End() is var end && part.coming.Count > 0 && part.coming[^1].Start >= end)
                        part.Close(end, cancellation);
                },
                cancellation);
            while (window < to)
                Close(End(), cancellation);
        }

        /// <summary>End of the window at hand.</summary>
        private uint End() => (uint)Math.Min(to, ((ulong)(window / Window) + 1) * Window);

        private void Take(ChunkRows rows, ReadOnlySpan<int> selected)
        {
            var numbers = groups.Of(rows, selected);
            var starts = rows.Starts;
            var ends = rows.Ends;
            var listeners = rows.Listeners;
            for (var index = 0; index < selected.Length; index++)
            {
                var row = selected[index];
                if (numbers[index] >= 0 && ends[row] > starts[row])
                    coming.Add(new OpenSession(starts[row], ends[row], listeners[row], numbers[index]));
            }
        }

        /// <summary>Hands on the window at hand, and goes on to the next.</summary>
        private void Close(uint end, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            var started = 0;
            while (started < coming.Count && coming[started].Start < end)
                started++;
            open.AddRange(CollectionsMarshal.AsSpan(coming)[..started]);
            coming.RemoveRange(0, started);
            if (open.Count > 0)
                HandOn(end);
            open.RemoveAll(session => session.End <= end);
            window = end;
        }

        private void HandOn(uint end)
        {
            var all = CollectionsMarshal.AsSpan(open);
            if (groups.Count == 1)
            {
                figure.Add(window, end, 0, all);
                return;
            }

            // Sorts by group; within a group the order stays.
            if (counts.Length < groups.Count + 1)
                counts = new int[groups.Count + 1];
            if (sorted.Length < all.Length)
                sorted = new OpenSession[2 * all.Length];
            counts.AsSpan().Clear();
            foreach (ref readonly var session in all)
                counts[session.Group + 1]++;
            for (var group = 0; group < groups.Count; group++)
                counts[group + 1] += counts[group];
            foreach (ref readonly var session in all)
                sorted[counts[session.Group]++] = session;
            // Each count is now where the next group begins.
            for (var group = 0; group < groups.Count; group++)
            {
                var first = group == 0 ? 0 : counts[group - 1];
                if (counts[group] > first)
                    figure.Add(window, end, group, sorted.AsSpan(first..counts[group]));
            }
        }
    }
}
