using Apache.Arrow;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

public sealed class LakeSessionReadTests : LakeTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sessions_are_read_whole_whether_their_texts_were_dictionaries_or_not(bool dictionaries)
    {
        Lake.Append("radio", [SomeLines.Every(40).Batch(dictionaries)], [], CancellationToken.None);

        var rows = Read(Lake.Snapshot().Files[0]);

        Assert.Equal(40, rows.Count);
        Assert.All(rows, row =>
        {
            var hash = (long)row[LineColumns.LineHash]!;
            Assert.Equal("listener", row[LineColumns.Class]);
            Assert.Equal($"/m{hash % 7}", row[LineColumns.Mount]);
            Assert.Equal(hash % 5 > 0 ? $"agent {hash % 50}" : null, row[LineColumns.UserAgent]);
            Assert.Equal(hash % 4 > 0 ? "GB" : null, row[LineColumns.Country]);
            Assert.Equal((decimal)(ulong.MaxValue - (ulong)hash), row[LineColumns.Bytes]);
            Assert.Equal((31 * hash, hash, hash % 1000), (row[LineColumns.Listener], row[LineColumns.Asn], row[LineColumns.Duration]));
            Assert.Equal((SomeLines.Noon.ToUnixTimeSeconds() + hash) * 1_000_000, row[LineColumns.EndedAt]);
            Assert.Equal((SomeLines.Noon.ToUnixTimeSeconds() + hash - (hash % 1000)) * 1_000_000, row[LineColumns.StartedAt]);
            Assert.Null(row[LineColumns.Network]);
        });
    }

    [Fact]
    public void Row_groups_without_sessions_are_not_read()
    {
        var classes = Enum.GetValues<LineClass>();
        for (var first = 0; first < 110; first += 55)
        {
            Append(Enumerable.Range(first, 55).Select(
                hash => new SomeLine(hash, SomeLines.Noon.AddSeconds(hash), Class: classes[hash % classes.Length])));
        }
        Append(SomeLines.Undated(5, firstHash: 1_000));
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        var file = Assert.Single(Lake.Snapshot().Files);

        var read = Read(file).Select(row => (string)row[LineColumns.Class]!).CountBy(text => text);

        Assert.Equal(115, file.Rows);
        Assert.Equal([("bot", 10), ("listener", 10), ("relay", 10)], read.Select(text => (text.Key, text.Value)).Order());
    }

    [Theory]
    [InlineData(LineColumns.Bytes, "(1000 * i)::bigint")]
    [InlineData(LineColumns.Bytes, "(1000 * i)::ubigint")]
    [InlineData(LineColumns.Bytes, "(1000 * i)::decimal(38, 0)")]
    [InlineData(LineColumns.Bytes, "(1000 * i)::decimal(9, 0)")]
    [InlineData(LineColumns.Bytes, "(1000 * i)::decimal(4, 0)")]
    [InlineData(LineColumns.Duration, "60::integer")]
    [InlineData(LineColumns.Duration, "60::utinyint")]
    [InlineData(LineColumns.Ordinal, "0::bigint")]
    [InlineData(LineColumns.Asn, "64500::uinteger")]
    [InlineData(LineColumns.Asn, "64500::decimal(10, 0)")]
    [InlineData(LineColumns.StartedAt, "make_timestamp(1764000000000000 + i * 1000000)")]
    [InlineData(LineColumns.EndedAt, "make_timestamp(1764000060000000 + i * 1000000)::timestamp_ns")]
    [InlineData(LineColumns.EndedAt, "make_timestamp(1764000060000000 + i * 1000000)::timestamp_ms")]
    public void Numbers_and_times_of_another_width_are_read_as_the_lakes(string column, string sql)
    {
        var expected = Read(OtherWriter.Write(NewFile(), rows: 5));

        Assert.Equal(5, expected.Count);
        Assert.Equal(expected, Read(OtherWriter.Write(NewFile(), rows: 5, (column, sql))));
    }

    [Fact]
    public void Columns_may_be_missing_when_they_may_be_null()
    {
        var file = OtherWriter.Write(
            NewFile(), rows: 2, (LineColumns.City, null), (LineColumns.Asn, null), (LineColumns.Bytes, null), (LineColumns.StartedAt, null));

        Assert.All(Read(file), row => Assert.Equal(
            (null, null, null, null, "GB"),
            (row[LineColumns.City], row[LineColumns.Asn], row[LineColumns.Bytes], row[LineColumns.StartedAt], row[LineColumns.Country])));
    }

    [Theory]
    [InlineData(LineColumns.LineHash, null, "'line_hash' is missing")]
    [InlineData(LineColumns.LineHash, "null::bigint", "'line_hash' holds 2 nulls, expected none")]
    [InlineData(LineColumns.Mount, "i::bigint", "'mount' of type int64, expected 'mount' of type dictionary")]
    [InlineData(LineColumns.Duration, "'60'", "'duration' of type utf8, expected 'duration' of type int64")]
    [InlineData(LineColumns.Bytes, "1.5::decimal(20, 1)", "'bytes' of type decimal128, expected 'bytes' of type decimal128")]
    [InlineData(LineColumns.Listener, "18446744073709551615::ubigint", "'listener' holds numbers that a column of type int64 cannot hold")]
    public void A_column_that_is_none_of_the_lakes_is_named(string column, string? sql, string complaint)
    {
        var file = OtherWriter.Write(NewFile(), rows: 2, (column, sql));

        var exception = Assert.Throws<LakeException>(() => Read(file));

        Assert.Equal($"{file.Path}: the data file has other columns than the lake: {complaint}", exception.Message);
    }

    [Fact]
    public void A_file_that_is_not_what_the_log_says_is_not_read()
    {
        Append(SomeLines.Every(40));
        var file = Lake.Snapshot().Files[0];
        var bytes = File.ReadAllBytes(file.Path);
        bytes[100] ^= 1;
        File.WriteAllBytes(file.Path, bytes);

        var exception = Assert.Throws<LakeException>(() => Read(LakeTable.Open(Data), file));

        Assert.StartsWith($"{file.Path}: the data file could not be read: it is damaged: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_reading_ends()
    {
        Append(SomeLines.Every(40));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => Lake.ReadSessions(Lake.Snapshot().Files[0], cancelled.Token).Count());
    }

    private string NewFile()
    {
        Directory.CreateDirectory(Data);
        return Path.Combine(Data, $"{Guid.NewGuid():N}.parquet");
    }

    private List<Dictionary<string, object?>> Read(LakeFile file) => Read(Lake, file);

    private static List<Dictionary<string, object?>> Read(LakeTable lake, LakeFile file)
    {
        var rows = new List<Dictionary<string, object?>>();
        foreach (var batch in lake.ReadSessions(file, CancellationToken.None))
        {
            using (batch)
            {
                Assert.Equal(SessionColumns.Schema.FieldsList.Select(field => field.Name), batch.Schema.FieldsList.Select(field => field.Name));
                for (var row = 0; row < batch.Length; row++)
                    rows.Add(SessionColumns.Schema.FieldsList.ToDictionary(field => field.Name, field => Value(batch.Column(field.Name), row)));
            }
        }
        return rows;
    }

    private static object? Value(IArrowArray array, int row) => array switch
    {
        DictionaryArray texts => texts.IsNull(row) ? null
            : ((StringArray)texts.Dictionary).GetString(((Int32Array)texts.Indices).GetValue(row)!.Value),
        Int64Array numbers => numbers.GetValue(row),
        Int32Array numbers => numbers.GetValue(row),
        TimestampArray instants => instants.GetValue(row),
        Decimal128Array numbers => numbers.GetValue(row),
        _ => throw new InvalidOperationException($"{array.Data.DataType.Name} is no type of the session columns."),
    };
}
