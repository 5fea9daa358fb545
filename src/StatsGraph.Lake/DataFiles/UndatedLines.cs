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
    public static Dictionary<string, string?>? Tags(string path) => Fault.Naming(path, "the data file could not be read", () =>
    {
        var found = new List<int>();
        using var reader = new ParquetFileReader(path);
        for (var i = 0; i < reader.FileMetaData.NumRowGroups && found.Count <= Most; i++)
        {
            using var group = reader.RowGroup(i);
            if (HasUndated(group.MetaData))
                Add(group, found);
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

    private static bool HasUndated(RowGroupMetaData group)
    {
        using var chunk = group.GetColumnChunkMetaData(group.Schema.ColumnIndex(LineColumns.EndedAt));
        using var statistics = chunk.Statistics;
        return statistics is null || statistics.NullCount > 0;
    }

    private static void Add(RowGroupReader group, List<int> found)
    {
        var rows = checked((int)group.MetaData.NumRows);
        using var hashes = group.Column(group.MetaData.Schema.ColumnIndex(LineColumns.LineHash)).LogicalReader<long>();
        using var ends = group.Column(group.MetaData.Schema.ColumnIndex(LineColumns.EndedAt)).LogicalReader<DateTime?>();
        var (lines, instants) = (hashes.ReadAll(rows), ends.ReadAll(rows));
        for (var row = 0; row < rows && found.Count <= Most; row++)
        {
            if (instants[row] is null)
                found.Add((int)lines[row]);
        }
    }
}
