using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Apache.Arrow.Types;
using ParquetSharp;
using StatsGraph.Lake.Disk;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.DataFiles;

/// <summary>What is known of the columns of a data file: smallest and largest value and number of nulls.</summary>
internal sealed class FileStatistics
{
    private readonly Dictionary<string, Range> ranges = [];

    private readonly TableLayout layout;

    private FileStatistics(long rows, TableLayout layout) => (Rows, this.layout) = (rows, layout);

    /// <summary>Number of lines.</summary>
    public long Rows { get; }

    /// <summary>Adds up the statistics that a data file keeps of its row groups.</summary>
    /// <exception cref="LakeException">The file cannot be read.</exception>
    public static FileStatistics Read(string path, TableLayout layout) => Fault.Naming(path, "the data file could not be read", () =>
    {
        using var reader = new ParquetFileReader(path);
        var statistics = new FileStatistics(reader.FileMetaData.NumRows, layout);
        for (var group = 0; group < reader.FileMetaData.NumRowGroups; group++)
        {
            using var rows = reader.RowGroup(group);
            foreach (var column in layout.Statistics)
                statistics.Add(column, rows.MetaData);
        }
        return statistics;
    });

    /// <summary>The statistics as the <c>add</c> action writes them.</summary>
    public string ToJson()
    {
        var known = ranges.Where(range => range.Value is { IsKnown: true }).ToList();
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteNumber("numRecords", Rows);
            WriteBounds(writer, "minValues", known, range => range.Min);
            WriteBounds(writer, "maxValues", known, range => range.Max);
            writer.WriteStartObject("nullCount");
            foreach (var (column, range) in known)
                writer.WriteNumber(column, range.Nulls);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>What the log says of a data file, or the file itself where its writer kept no statistics in the log.</summary>
    /// <param name="add">The file's action.</param>
    /// <param name="path">Absolute path of the data file.</param>
    /// <param name="log">The file of the log that holds the action.</param>
    /// <param name="layout">The file's table.</param>
    /// <exception cref="LakeException">The statistics cannot be read.</exception>
    public static LakeFile Describe(AddAction add, string path, string log, TableLayout layout)
    {
        var site = SiteOf(add, log);
        try
        {
            return Parse(add, path, site, add.Stats, layout.Time) ?? Parse(add, path, site, Read(path, layout).ToJson(), layout.Time)
                ?? Unknown(add, path, site, layout);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new LakeException($"{log}: the statistics of the data file {add.Path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Key of the site that a data file belongs to.</summary>
    /// <param name="add">The file's action.</param>
    /// <param name="log">The file of the log that holds the action.</param>
    /// <exception cref="LakeException">It belongs to none.</exception>
    public static string SiteOf(AddAction add, string log)
        => add.PartitionValues.GetValueOrDefault(TableLayout.Site)
            ?? throw new LakeException(
                $"{log}: the data file {add.Path} belongs to no site, expected a partition value for '{TableLayout.Site}'");

    private void WriteBounds(
        Utf8JsonWriter writer, string name, List<KeyValuePair<string, Range>> ranges, Func<Range, IComparable?> bound)
    {
        writer.WriteStartObject(name);
        foreach (var (column, range) in ranges)
        {
            switch (bound(range))
            {
                case OrdinalText text:
                    writer.WriteString(column, text.Text);
                    break;
                case long microseconds when layout.Schema.GetFieldByName(column).DataType is TimestampType:
                    writer.WriteString(column, Instant(microseconds));
                    break;
                case long number:
                    writer.WriteNumber(column, number);
                    break;
            }
        }
        writer.WriteEndObject();
    }

    private static LakeFile? Parse(AddAction add, string path, string site, string? stats, string time)
    {
        if (string.IsNullOrEmpty(stats))
            return null;

        using var document = JsonDocument.Parse(stats);
        if (Find(document, "numRecords") is not { } rows || Find(document, "nullCount", time) is not { } nulls)
            return null;

        var first = Find(document, "minValues", time)?.GetDateTimeOffset();
        var last = Find(document, "maxValues", time)?.GetDateTimeOffset();
        var isComplete = nulls.GetInt64() == rows.GetInt64() || (first is not null && last is not null);
        return isComplete
            ? new LakeFile(path, site, add.Size, rows.GetInt64(), first, last, nulls.GetInt64()) { Checksum = ChecksumOf(add) } : null;
    }

    /// <summary>A file that says nothing may hold any line.</summary>
    private static LakeFile Unknown(AddAction add, string path, string site, TableLayout layout)
    {
        var rows = Read(path, layout).Rows;
        return new LakeFile(path, site, add.Size, rows, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, rows) { Checksum = ChecksumOf(add) };
    }

    private static string? ChecksumOf(AddAction add) => add.Tags?.GetValueOrDefault(Checksum.Tag);

    private static JsonElement? Find(JsonDocument document, params ReadOnlySpan<string> names)
    {
        var element = document.RootElement;
        foreach (var name in names)
        {
            if (!element.TryGetProperty(name, out element))
                return null;
        }
        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    private void Add(string column, RowGroupMetaData group)
    {
        var index = group.Schema.ColumnIndex(column);
        using var chunk = group.GetColumnChunkMetaData(index);
        using var statistics = chunk.Statistics;
        var range = ranges.GetValueOrDefault(column) ?? (ranges[column] = new Range());
        if (statistics is null || (!statistics.HasMinMax && statistics.NullCount < group.NumRows))
        {
            range.IsKnown = false;
            return;
        }
        range.Nulls += statistics.NullCount;
        if (statistics.HasMinMax)
            range.Include(Managed(statistics.MinUntyped), Managed(statistics.MaxUntyped));
    }

    /// <summary>A value that outlives the reader; texts are ASCII, whose order is that of their bytes.</summary>
    private static IComparable Managed(object value)
        => value is ByteArray text ? new OrdinalText(Marshal.PtrToStringUTF8(text.Pointer, text.Length)) : (IComparable)value;

    /// <summary>The protocol's form of an instant in statistics: truncated down to milliseconds.</summary>
    private static string Instant(long microseconds)
        => DateTimeOffset.FromUnixTimeMilliseconds(LineTimes.Milliseconds(microseconds))
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private readonly record struct OrdinalText(string Text) : IComparable
    {
        public int CompareTo(object? other) => string.CompareOrdinal(Text, ((OrdinalText)other!).Text);
    }

    private sealed class Range
    {
        public bool IsKnown { get; set; } = true;

        public long Nulls { get; set; }

        public IComparable? Min { get; private set; }

        public IComparable? Max { get; private set; }

        public void Include(IComparable min, IComparable max)
        {
            if (Min is null || min.CompareTo(Min) < 0)
                Min = min;
            if (Max is null || max.CompareTo(Max) > 0)
                Max = max;
        }
    }
}
