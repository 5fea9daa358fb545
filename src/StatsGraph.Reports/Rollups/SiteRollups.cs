using System.Diagnostics.CodeAnalysis;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Scans;

namespace StatsGraph.Reports.Rollups;

/// <summary>
/// The rollups of a site under one minimum duration: windows of quarter hours, and sums of chunks by one column. They are counted when they are first asked for and
/// kept for as long as chunks and visits are the same, so that a new version of the site costs only what it changed.
/// </summary>
/// <param name="places">Where sessions are counted.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing that has to be given back.")]
internal sealed class SiteRollups(ScanPlaces places)
{
    /// <summary>Last window whose seconds the columns can hold.</summary>
    private const uint LastWindow = (uint.MaxValue / Sweep.Window) - 1;

    private static readonly int TextColumns = Enum.GetValues<TextColumn>().Length;

    private readonly Dictionary<uint, Entry> windows = [];
    private readonly Dictionary<(object Identity, TextColumn Column), (int Code, Sums Sums)[]> chunks = [];
    private readonly SemaphoreSlim counting = new(1);

    /// <summary>The windows that a time touches, in order, from the one that its first second is in.</summary>
    /// <param name="scan">All listeners' sessions.</param>
    /// <param name="from">First second.</param>
    /// <param name="to">Second after the last.</param>
    /// <param name="cancellation">Stops the counting.</param>
    public async Task<WindowRollup[]> WindowsAsync(ColumnScan scan, uint from, uint to, CancellationToken cancellation)
    {
        var first = from / Sweep.Window;
        var found = new WindowRollup?[(int)(Math.Min((to - 1) / Sweep.Window, LastWindow) - first) + 1];
        if (Find(scan, first, found))
            return found!;
        // Whoever waits here finds what the one before has counted.
        await counting.WaitAsync(cancellation);
        try
        {
            Find(scan, first, found);
            for (var window = 0; window < found.Length; window++)
            {
                var missing = found.AsSpan(window).IndexOfAnyExcept((WindowRollup?)null);
                var count = missing < 0 ? found.Length - window : missing;
                if (count == 0)
                    continue;
                var begin = first + (uint)window;
                var counted = await places.RunAsync(() => WindowRollup.Count(scan, begin, count, cancellation), cancellation);
                Keep(scan, begin, counted);
                counted.CopyTo(found, window);
                window += count - 1;
            }
        }
        finally
        {
            counting.Release();
        }

        return found!;
    }

    /// <summary>Sums of all of a chunk's listeners' sessions by the codes of a column.</summary>
    /// <param name="scan">All listeners' sessions.</param>
    /// <param name="chunk">Number of the chunk.</param>
    /// <param name="column">The column.</param>
    /// <param name="cancellation">Stops the counting.</param>
    public (int Code, Sums Sums)[] ChunkSums(ColumnScan scan, int chunk, TextColumn column, CancellationToken cancellation)
    {
        var key = (scan.Identity(chunk), column);
        lock (chunks)
        {
            if (chunks.TryGetValue(key, out var known))
                return known;
        }

        var slices = TimeSlices.Whole(scan.Columns.Chunks[chunk].FirstStart, uint.MaxValue);
        var sums = TotalsScan.ByCode(scan, column, slices, uint.MaxValue, other => other != chunk, cancellation);
        var counted = sums.Index().Where(sum => sum.Item.Pieces > 0).Select(sum => (sum.Index, sum.Item)).ToArray();
        lock (chunks)
        {
            chunks[key] = counted;
            if (chunks.Count > 2 * TextColumns * scan.Columns.Chunks.Count)
                ForgetOthers(scan);
        }

        return counted;
    }

    /// <summary>Forgets the sums of chunks that this version has not.</summary>
    private void ForgetOthers(ColumnScan scan)
    {
        var live = Enumerable.Range(0, scan.Columns.Chunks.Count).Select(scan.Identity).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var key in chunks.Keys.Where(key => !live.Contains(key.Identity)).ToList())
            chunks.Remove(key);
    }

    /// <summary>Fills in the windows that are known.</summary>
    /// <returns>Whether all are.</returns>
    private bool Find(ColumnScan scan, uint first, Span<WindowRollup?> found)
    {
        var all = true;
        lock (windows)
        {
            for (var window = 0; window < found.Length; window++)
            {
                var number = first + (uint)window;
                var touching = Touching(scan, number);
                if (touching.Length == 0)
                    found[window] = WindowRollup.Empty;
                else if (windows.TryGetValue(number, out var entry) && IsSame(entry.Chunks, touching))
                    found[window] = entry.Rollup;
                all &= found[window] is not null;
            }
        }

        return all;
    }

    private void Keep(ColumnScan scan, uint first, WindowRollup[] counted)
    {
        lock (windows)
        {
            foreach (var (window, rollup) in counted.Index())
                windows[first + (uint)window] = new Entry(Touching(scan, first + (uint)window), rollup);
        }
    }

    private static bool IsSame(object[] some, object[] others)
        => some.Length == others.Length && some.Zip(others).All(pair => ReferenceEquals(pair.First, pair.Second));

    /// <summary>Identities of the chunks that have sessions in a window.</summary>
    private static object[] Touching(ColumnScan scan, uint window)
        => [.. scan.Touching(window * Sweep.Window, (window + 1) * Sweep.Window).Select(scan.Identity)];

    /// <summary>A window as it was counted.</summary>
    /// <param name="Chunks">Identities of the chunks that have sessions in it; while they are the same, so are the figures.</param>
    /// <param name="Rollup">The figures.</param>
    private sealed record Entry(object[] Chunks, WindowRollup Rollup);
}
