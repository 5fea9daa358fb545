using System.Globalization;
using System.Text.Json;
using Apache.Arrow;
using StatsGraph.Lake.DataFiles;

namespace StatsGraph.Lake.Verification;

/// <summary>Statistics computed from rows, to compare with those that the log states.</summary>
internal sealed class RowStatistics(TableLayout layout)
{
    private readonly Dictionary<string, Bounds> columns = layout.Statistics.ToDictionary(column => column, _ => new Bounds(), StringComparer.Ordinal);

    private long rows;

    /// <summary>Takes in the rows of a batch.</summary>
    public void Add(RecordBatch batch)
    {
        rows += batch.Length;
        foreach (var (name, bounds) in columns)
        {
            var column = batch.Column(name);
            bounds.Nulls += column.NullCount;
            if (column is StringArray texts)
                bounds.Include(texts);
            else if (column is TimestampArray instants)
                bounds.Include(instants.Values, instants, LineTimes.Milliseconds);
            else
                bounds.Include(((Int64Array)column).Values, column, value => value);
        }
    }

    /// <summary>Compares with the log's statistics; columns that it says nothing of, and those that are no statistics here, are left out.</summary>
    /// <param name="stats">The JSON of the <c>add</c> action.</param>
    /// <param name="complain">Is told each difference.</param>
    public void Compare(string stats, Action<string> complain)
    {
        using var document = JsonDocument.Parse(stats);
        if (document.RootElement.TryGetProperty("numRecords", out var records) && records.GetInt64() != rows)
            complain($"it has {rows} rows, expected {records.GetInt64()} by the log");
        foreach (var (name, bounds) in columns)
        {
            Compare(document, "minValues", name, bounds.Min, complain);
            Compare(document, "maxValues", name, bounds.Max, complain);
            Compare(document, "nullCount", name, bounds.Nulls, complain);
        }
    }

    private static void Compare(JsonDocument stats, string statistic, string column, object? found, Action<string> complain)
    {
        if (!stats.RootElement.TryGetProperty(statistic, out var values) || !values.TryGetProperty(column, out var value)
            || value.ValueKind == JsonValueKind.Null)
            return;

        var expected = value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var instant)
            ? Text(instant.ToUnixTimeMilliseconds()) : value.ToString();
        if (Text(found) != expected)
            complain($"{statistic} of column '{column}' is {value} in the log, the rows say {Shown(found, value)}");
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Shown(object? found, JsonElement like)
        => found is null ? "that there is none"
            : found is long instant && like.ValueKind == JsonValueKind.String
                ? DateTimeOffset.FromUnixTimeMilliseconds(instant).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
                : Text(found);

    private sealed class Bounds
    {
        public long Nulls { get; set; }

        public object? Min { get; private set; }

        public object? Max { get; private set; }

        public void Include(StringArray texts)
        {
            for (var row = 0; row < texts.Length; row++)
            {
                if (texts.GetString(row) is not { } text)
                    continue;
                if (Min is not string min || string.CompareOrdinal(text, min) < 0)
                    Min = text;
                if (Max is not string max || string.CompareOrdinal(text, max) > 0)
                    Max = text;
            }
        }

        public void Include(ReadOnlySpan<long> values, IArrowArray column, Func<long, long> unit)
        {
            var (min, max) = (long.MaxValue, long.MinValue);
            for (var row = 0; row < values.Length; row++)
            {
                if (column.NullCount > 0 && column.IsNull(row))
                    continue;
                (min, max) = (Math.Min(min, values[row]), Math.Max(max, values[row]));
            }

            if (min > max)
                return;
            Min = Min is long before ? Math.Min(before, unit(min)) : unit(min);
            Max = Max is long after ? Math.Max(after, unit(max)) : unit(max);
        }
    }
}
