using Apache.Arrow;
using Apache.Arrow.Types;
using StatsGraph.Lake;

namespace StatsGraph.Tests.Some;

/// <summary>
/// A row of the lake. Every column that is not given follows from the hash, by <see cref="SomeLines"/>, so that a row that was torn
/// apart shows.
/// </summary>
/// <param name="Hash">The line's hash, not negative.</param>
/// <param name="EndedAt">The line's stamp; null for an undated line.</param>
/// <param name="Ordinal">Number of equal lines before it.</param>
/// <param name="Class">What the line is.</param>
public sealed record SomeLine(long Hash, DateTimeOffset? EndedAt, int Ordinal = 0, LineClass Class = LineClass.Listener);

/// <summary>Batches of log lines.</summary>
public static class SomeLines
{
    /// <summary>Noon of a November Sunday.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// A condition in SQL that holds for every row that is whole. The hash of undated rows does not tell their times.
    /// </summary>
    public const string IsWhole = """
        mount = '/m' || line_hash % 7 and listener = line_hash * 31 and bytes = 18446744073709551615 - line_hash
        and duration = line_hash % 1000 and latitude = line_hash / 8 and asn = line_hash
        and user_agent is not distinct from case when line_hash % 5 > 0 then 'agent ' || line_hash % 50 end
        and status is not distinct from case when line_hash % 3 > 0 then 200 end
        and country is not distinct from case when line_hash % 4 > 0 then 'GB' end
        and started_at is not distinct from ended_at - to_seconds(duration)
        """;

    /// <summary>Lines with consecutive hashes, one a second.</summary>
    public static IEnumerable<SomeLine> Every(int count, int firstHash = 0, DateTimeOffset? from = null)
        => Enumerable.Range(firstHash, count).Select(hash => new SomeLine(hash, (from ?? Noon).AddSeconds(hash - firstHash)));

    /// <summary>Undated lines with consecutive hashes.</summary>
    public static IEnumerable<SomeLine> Undated(int count, int firstHash = 0)
        => Enumerable.Range(firstHash, count).Select(hash => new SomeLine(hash, null, Class: LineClass.Blank));

    /// <summary>The lines as one batch of the lake's columns.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="dictionaries">Whether texts come as dictionaries, which hold more texts than are used.</param>
    public static RecordBatch Batch(this IEnumerable<SomeLine> lines, bool dictionaries = false)
    {
        var rows = lines.ToList();
        var columns = LineColumns.Schema.FieldsList.Select(field => Column(field, rows, dictionaries)).ToList();
        var fields = LineColumns.Schema.FieldsList.Zip(columns, (field, column) => new Field(field.Name, column.Data.DataType, field.IsNullable));
        return new RecordBatch(new Schema(fields, metadata: null), columns, rows.Count);
    }

    private static IArrowArray Column(Field field, List<SomeLine> rows, bool dictionaries) => field.Name switch
    {
        LineColumns.Class => Texts(rows, line => line.Class.Text(), dictionaries),
        LineColumns.LineHash => Longs(rows, line => line.Hash),
        LineColumns.Ordinal => Integers(rows, line => line.Ordinal),
        LineColumns.StartedAt => Instants(rows, line => line.EndedAt?.AddSeconds(-(line.Hash % 1000))),
        LineColumns.EndedAt => Instants(rows, line => line.EndedAt),
        LineColumns.Duration => Longs(rows, line => line.Hash % 1000),
        LineColumns.Status => Integers(rows, line => line.Hash % 3 > 0 ? 200 : null),
        LineColumns.Bytes => Decimals(rows, line => ulong.MaxValue - (ulong)line.Hash),
        LineColumns.Mount => Texts(rows, line => $"/m{line.Hash % 7}", dictionaries),
        LineColumns.Listener => Longs(rows, line => line.Hash * 31),
        LineColumns.UserAgent => Texts(rows, line => line.Hash % 5 > 0 ? $"agent {line.Hash % 50}" : null, dictionaries),
        LineColumns.Country => Texts(rows, line => line.Hash % 4 > 0 ? "GB" : null, dictionaries),
        LineColumns.Latitude or LineColumns.Longitude => Doubles(rows, line => line.Hash / 8.0),
        LineColumns.Asn => Longs(rows, line => line.Hash),
        _ => Texts(rows, _ => null, dictionaries),
    };

    private static IArrowArray Texts(List<SomeLine> rows, Func<SomeLine, string?> value, bool dictionaries)
    {
        if (!dictionaries)
            return rows.Aggregate(new StringArray.Builder(), (builder, row) => builder.Append(value(row))).Build();

        string[] texts = ["never used", .. rows.Select(value).OfType<string>().Distinct(), "zz never used"];
        var numbers = texts.Select((text, number) => (text, number)).ToDictionary(entry => entry.text, entry => entry.number);
        var indices = Integers(rows, row => value(row) is { } text ? numbers[text] : null);
        var type = new DictionaryType(Int32Type.Default, StringType.Default, ordered: false);
        return new DictionaryArray(type, indices, new StringArray.Builder().AppendRange(texts).Build());
    }

    private static Int64Array Longs(List<SomeLine> rows, Func<SomeLine, long?> value)
        => rows.Aggregate(new Int64Array.Builder(), (builder, row) => builder.Append(value(row))).Build();

    private static Int32Array Integers(List<SomeLine> rows, Func<SomeLine, int?> value)
        => rows.Aggregate(new Int32Array.Builder(), (builder, row) => builder.Append(value(row))).Build();

    private static DoubleArray Doubles(List<SomeLine> rows, Func<SomeLine, double?> value)
        => rows.Aggregate(new DoubleArray.Builder(), (builder, row) => builder.Append(value(row))).Build();

    private static Decimal128Array Decimals(List<SomeLine> rows, Func<SomeLine, decimal> value)
        => rows.Aggregate(new Decimal128Array.Builder(LineColumns.Unsigned64), (builder, row) => builder.Append(value(row))).Build();

    private static TimestampArray Instants(List<SomeLine> rows, Func<SomeLine, DateTimeOffset?> value)
        => rows.Aggregate(new TimestampArray.Builder(LineColumns.Timestamp), (builder, row) =>
            value(row) is { } instant ? builder.Append(instant) : builder.AppendNull()).Build();
}
