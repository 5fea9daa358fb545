using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Plays;

namespace StatsGraph.Reports.Scans;

/// <summary>When sessions began and ended, as Figures/Spans.sql selects them.</summary>
internal static class SpansScan
{
    /// <summary>The spans of each mount.</summary>
    /// <param name="scan">The sessions.</param>
    /// <param name="from">First second since 1970.</param>
    /// <param name="to">Second after the last.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Dictionary<string, MountSpans> Run(ColumnScan scan, long from, long to, CancellationToken cancellation)
    {
        var texts = scan.Columns.Texts[TextColumn.Mount];
        var states = scan.Run(
            ColumnTime.Of(from), ColumnTime.Of(to), () => new Dictionary<int, (List<long> Starts, List<long> Ends)>(), Visit, cancellation);
        return states.SelectMany(state => state).GroupBy(mount => mount.Key).ToDictionary(
            mount => texts[mount.Key]!,
            mount => new MountSpans([.. mount.SelectMany(part => part.Value.Starts)], [.. mount.SelectMany(part => part.Value.Ends)]),
            StringComparer.Ordinal);
    }

    private static void Visit(Dictionary<int, (List<long> Starts, List<long> Ends)> mounts, ChunkRows rows, ReadOnlySpan<int> selected)
    {
        var starts = rows.Starts;
        var ends = rows.Ends;
        var codes = rows.Codes(TextColumn.Mount);
        var (code, spans) = (-1, (Starts: new List<long>(), Ends: new List<long>()));
        foreach (var row in selected)
        {
            // The scan also gives those of 0 s that begin in the time.
            if (ends[row] <= starts[row] || codes[row] == TextDictionary.Null)
                continue;
            if (codes[row] != code)
            {
                code = codes[row];
                if (!mounts.TryGetValue(code, out spans))
                    mounts.Add(code, spans = ([], []));
            }

            spans.Starts.Add(ColumnTime.ToUnix(starts[row]));
            spans.Ends.Add(ColumnTime.ToUnix(ends[row]));
        }
    }
}
