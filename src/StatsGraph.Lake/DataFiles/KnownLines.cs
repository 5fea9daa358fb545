using ParquetSharp;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.DataFiles;

/// <summary>Strikes out of an append what the lake's files hold already. Reads only row groups whose times overlap.</summary>
internal static class KnownLines
{
    private const int RowsPerRead = 65_536;

    /// <summary>Compares an append with a data file.</summary>
    /// <param name="lines">The append.</param>
    /// <param name="file">The data file.</param>
    /// <param name="layout">Its table.</param>
    /// <param name="undated">What <see cref="UndatedLines"/> says of it.</param>
    /// <param name="intact">Tells whether the file is what the log says.</param>
    /// <param name="recent">Files that need not be read.</param>
    /// <param name="cancellation">Ends the comparison.</param>
    /// <exception cref="LakeException">The file cannot be read, or is not what the log says.</exception>
    public static void Strike(
        AppendedLines lines, LakeFile file, TableLayout layout, int[]? undated, IntactFiles intact, RecentLines recent,
        CancellationToken cancellation)
    {
        var (from, to) = (file.FirstEnd?.ToUnixTimeMilliseconds(), file.LastEnd?.ToUnixTimeMilliseconds());
        if (lines.New == 0 || !lines.Times.Overlap(from, to, file.UndatedRows > 0 && lines.MayHold(undated)))
            return;

        // A flipped byte in a hash would let its line in a second time.
        intact.Check(file, cancellation);
        if (recent.TryStrike(lines, file.Path))
            return;
        Fault.Naming(file.Path, "the data file could not be read", () =>
        {
            using var reader = new ParquetFileReader(file.Path);
            for (var i = 0; i < reader.FileMetaData.NumRowGroups && lines.New > 0; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var group = reader.RowGroup(i);
                if (Overlaps(lines.Times, layout.Time, group.MetaData))
                    Strike(lines, group);
            }
        });
    }

    private static bool Overlaps(LineTimes times, string time, RowGroupMetaData group)
    {
        using var chunk = group.GetColumnChunkMetaData(group.Schema.ColumnIndex(time));
        using var statistics = chunk.Statistics as Statistics<long>;
        if (statistics is null || (!statistics.HasMinMax && statistics.NullCount < group.NumRows))
            return true;

        return statistics.HasMinMax
            ? times.Overlap(LineTimes.Milliseconds(statistics.Min), LineTimes.Milliseconds(statistics.Max), statistics.NullCount > 0)
            : times.Overlap(null, null, statistics.NullCount > 0);
    }

    private static void Strike(AppendedLines lines, RowGroupReader group)
    {
        using var hashColumn = Column<long>(group, TableLayout.Hash);
        using var ordinalColumn = Column<int>(group, TableLayout.Ordinal);
        var hashes = new long[RowsPerRead];
        var ordinals = new int[RowsPerRead];
        for (var left = group.MetaData.NumRows; left > 0;)
        {
            var rows = (int)Math.Min(RowsPerRead, left);
            Read(hashColumn, hashes.AsSpan(0, rows));
            Read(ordinalColumn, ordinals.AsSpan(0, rows));
            lines.Strike(hashes.AsSpan(0, rows), ordinals.AsSpan(0, rows));
            left -= rows;
        }
    }

    private static ColumnReader<T> Column<T>(RowGroupReader group, string name)
        where T : unmanaged
        => (ColumnReader<T>)group.Column(group.MetaData.Schema.ColumnIndex(name));

    /// <summary>Fills a span. Other writers may declare the column nullable, but an identity is never null.</summary>
    private static void Read<T>(ColumnReader<T> column, Span<T> values)
        where T : unmanaged
    {
        var levels = column.ColumnDescriptor.MaxDefinitionLevel > 0 ? new short[values.Length] : [];
        while (!values.IsEmpty)
        {
            var read = column.ReadBatch(values.Length, levels, [], values, out var found);
            if (read == 0 || found != read)
            {
                throw new IOException(
                    $"{found} of {values.Length} values of {column.ColumnDescriptor.Name} found, expected one in every row");
            }
            values = values[(int)read..];
        }
    }
}
