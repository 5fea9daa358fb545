using System.Runtime.InteropServices;
using ParquetSharp;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.DataFiles;

/// <summary>
/// Which undated lines a data file holds: the lower half of their hashes, as a tag of its <c>add</c> action. No time tells where an undated
/// line can be, so without it every append of one would have to open every file that has any.
/// </summary>
internal static class UndatedLines
{
    /// <summary>Name of the tag.</summary>
    public const string Tag = "statsgraph.undated";

    /// <summary>A file with more undated rows has no tag, and is opened.</summary>
    private const int Most = 256;

    /// <summary>The tag of a data file; null when it has no undated rows, or too many.</summary>
    /// <exception cref="LakeException">The file cannot be read.</exception>
    public static Dictionary<string, string?>? Tags(string path, TableLayout layout) => Fault.Naming(path, "the data file could not be read", () =>
    {
        var found = new List<int>();
        using var reader = new ParquetFileReader(path);
        for (var i = 0; i < reader.FileMetaData.NumRowGroups && found.Count <= Most; i++)
        {
            using var group = reader.RowGroup(i);
            if (HasUndated(group.MetaData, layout.Time))
                Add(group, layout.Time, found);
        }
        return found.Count is 0 or > Most ? null
            : new Dictionary<string, string?> { [Tag] = Convert.ToBase64String(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(found))) };
    });

    /// <summary>What a tag says; null when it says nothing, so that the file may hold any undated line.</summary>
    public static int[]? Parse(IReadOnlyDictionary<string, string?>? tags)
    {
        if (tags?.GetValueOrDefault(Tag) is not { } text)
            return null;

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length % sizeof(int) == 0
            ? MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, length)).ToArray() : null;
    }

    private static bool HasUndated(RowGroupMetaData group, string time)
    {
        using var chunk = group.GetColumnChunkMetaData(group.Schema.ColumnIndex(time));
        using var statistics = chunk.Statistics;
        return statistics is null || statistics.NullCount > 0;
    }

    private static void Add(RowGroupReader group, string time, List<int> found)
    {
        var rows = checked((int)group.MetaData.NumRows);
        var lines = Values(group, TableLayout.Hash, rows, out _);
        Values(group, time, rows, out var levels);
        for (var row = 0; row < rows && found.Count <= Most; row++)
        {
            if (levels.Length > 0 && levels[row] == 0)
                found.Add((int)lines[row]);
        }
    }

    /// <summary>The values of a column that are there, and for each row whether it has one; no levels where every row must have one.</summary>
    private static long[] Values(RowGroupReader group, string name, int rows, out short[] levels)
    {
        using var column = (ColumnReader<long>)group.Column(group.MetaData.Schema.ColumnIndex(name));
        levels = column.ColumnDescriptor.MaxDefinitionLevel > 0 ? new short[rows] : [];
        var values = new long[rows];
        for (var (row, value) = (0, 0); row < rows;)
        {
            var read = (int)column.ReadBatch(rows - row, levels.AsSpan(Math.Min(row, levels.Length)), [], values.AsSpan(value), out var found);
            if (read == 0)
                throw new IOException($"{row} of {rows} rows of {name} found");
            (row, value) = (row + read, value + (int)found);
        }
        return values;
    }
}
