using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

/// <summary>What other engines see.</summary>
public sealed class LakeFormatTests : LakeTest
{
    [Fact]
    public void The_first_commit_makes_the_table()
    {
        Append(SomeLines.Every(5));

        var reader = new SpecDeltaReader(Table);
        Assert.Equal(1, reader.Protocol.GetProperty("minReaderVersion").GetInt32());
        Assert.Equal(2, reader.Protocol.GetProperty("minWriterVersion").GetInt32());
        Assert.Equal("parquet", reader.MetaData.GetProperty("format").GetProperty("provider").GetString());
        Assert.Equal(["site"], reader.MetaData.GetProperty("partitionColumns").EnumerateArray().Select(column => column.GetString()));
        Assert.True(Guid.TryParse(reader.MetaData.GetProperty("id").GetString(), out _));

        var fields = JsonDocument.Parse(reader.MetaData.GetProperty("schemaString").GetString()!).RootElement.GetProperty("fields").EnumerateArray().ToList();
        Assert.Equal(["site", .. LineColumns.Schema.FieldsList.Select(field => field.Name)], fields.Select(field => field.GetProperty("name").GetString()));
        Assert.Equal(
            ["string", "string", "long", "integer", "string", "string", "timestamp", "timestamp", "long", "integer", "decimal(20,0)"],
            fields.Take(11).Select(field => field.GetProperty("type").GetString()));
    }

    [Fact]
    public void The_order_of_the_actions_and_the_provenance_are_as_told()
    {
        var lake = LakeTable.Open(Data, new FixedTime(SomeLines.Noon));
        Append(lake, SomeLines.Every(5), new SourceProgress("s", 1, 2));

        var lines = File.ReadAllLines(Path.Combine(Log, "00000000000000000000.json")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["protocol", "metaData", "add", "txn", "txn", "commitInfo"], lines.Select(line => line.EnumerateObject().Single().Name));
        var info = lines[^1].GetProperty("commitInfo");
        Assert.Equal(SomeLines.Noon.ToUnixTimeMilliseconds(), info.GetProperty("timestamp").GetInt64());
        Assert.Equal("WRITE", info.GetProperty("operation").GetString());
        Assert.StartsWith("StatsGraph/", info.GetProperty("engineInfo").GetString(), StringComparison.Ordinal);
        Assert.Equal(SomeLines.Noon.ToUnixTimeMilliseconds(), lines[2].GetProperty("add").GetProperty("modificationTime").GetInt64());
    }

    [Fact]
    public void The_log_says_what_a_file_holds()
    {
        Append([new(1500, SomeLines.Noon.AddMilliseconds(1500)), new(1501, SomeLines.Noon, Class: LineClass.Bot), new(1502, null, Class: LineClass.Blank)]);

        var (path, add) = Assert.Single(new SpecDeltaReader(Table).Adds);
        Assert.Equal(new FileInfo(path).Length, add.GetProperty("size").GetInt64());
        Assert.StartsWith("site=radio/part-", add.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Equal("radio", add.GetProperty("partitionValues").GetProperty("site").GetString());
        Assert.Equal(
            """
            {"numRecords":3,
            "minValues":{"class":"blank","line_hash":1500,"started_at":"2026-11-22T11:51:39.000Z","ended_at":"2026-11-22T12:00:00.000Z","duration":500},
            "maxValues":{"class":"listener","line_hash":1502,"started_at":"2026-11-22T11:51:41.500Z","ended_at":"2026-11-22T12:00:01.500Z","duration":502},
            "nullCount":{"class":0,"line_hash":0,"started_at":1,"ended_at":1,"duration":0}}
            """.ReplaceLineEndings("").Replace("\n", "", StringComparison.Ordinal),
            add.GetProperty("stats").GetString());
        Assert.Equal(
            new LakeFile(path, "radio", new FileInfo(path).Length, 3, SomeLines.Noon, SomeLines.Noon.AddMilliseconds(1500), 1)
            {
                Checksum = XxHash3.HashToUInt64(File.ReadAllBytes(path)).ToString("x16", CultureInfo.InvariantCulture),
            },
            Assert.Single(Lake.Snapshot().Files));
    }

    [Fact]
    public void The_classes_that_a_file_states_are_those_of_its_rows_and_not_of_a_dictionary()
    {
        Lake.Append("radio", [SomeLines.Every(5).Append(new(99, SomeLines.Noon)).Batch(dictionaries: true)], [], CancellationToken.None);

        var stats = JsonDocument.Parse(Assert.Single(new SpecDeltaReader(Table).Adds).Value.GetProperty("stats").GetString()!).RootElement;
        Assert.Equal("listener", stats.GetProperty("minValues").GetProperty("class").GetString());
        Assert.Equal("listener", stats.GetProperty("maxValues").GetProperty("class").GetString());
    }

    [Fact]
    public void Columns_have_the_types_of_the_table_and_files_carry_no_schema_of_another_kind()
    {
        Append(SomeLines.Every(5));

        var reader = new SpecDeltaReader(Table);
        var types = reader.QueryLines("select column_name || ' ' || column_type from (describe select * exclude filename from lines)").Select(row => row[0]);
        Assert.Equal(
            [
                "class VARCHAR", "line_hash BIGINT", "ordinal INTEGER", "reason VARCHAR", "excerpt VARCHAR", "started_at TIMESTAMP WITH TIME ZONE",
                "ended_at TIMESTAMP WITH TIME ZONE", "duration BIGINT", "status INTEGER", "bytes DECIMAL(20,0)", "mount VARCHAR", "address VARCHAR",
                "listener BIGINT", "user_agent VARCHAR", "player VARCHAR", "referrer VARCHAR", "country VARCHAR", "continent VARCHAR", "region VARCHAR",
                "city VARCHAR", "latitude DOUBLE", "longitude DOUBLE", "asn BIGINT", "network VARCHAR",
            ],
            types);
        var path = reader.Adds.Keys.Single();
        Assert.Equal(0L, SpecDeltaReader.Query($"select count(*) from parquet_kv_metadata('{path}')")[0][0]);
        Assert.Equal("ZSTD", SpecDeltaReader.Query($"select distinct compression from parquet_metadata('{path}')").Single()[0]);
        Assert.Equal(0L, reader.QueryLines($"select count(*) from lines where not ({SomeLines.IsWhole})")[0][0]);
    }

    [Fact]
    public void A_file_that_another_writer_removed_is_gone_and_one_it_added_without_statistics_is_there()
    {
        Append(SomeLines.Every(5));
        Append(SomeLines.Every(5, firstHash: 5));
        var (kept, dropped) = (Lake.Snapshot().Files[0], Lake.Snapshot().Files[1]);
        var copy = kept.Path.Replace("part-", "copy of part-", StringComparison.Ordinal);
        File.Copy(kept.Path, copy);
        File.WriteAllLines(Path.Combine(Log, "00000000000000000002.json"),
        [
            $$$"""{"remove":{"path":"{{{Uri.EscapeDataString(Path.GetRelativePath(Table, dropped.Path))}}}","deletionTimestamp":1,"dataChange":true}}""",
            $$$"""{"add":{"path":"{{{Uri.EscapeDataString(Path.GetRelativePath(Table, copy))}}}","partitionValues":{"site":"sister"},"size":1,"modificationTime":1,"dataChange":true}}""",
            """{"somethingNew":{}}""",
        ]);

        var snapshot = Lake.Snapshot();

        Assert.Equal(2, snapshot.Version);
        Assert.Equal([kept, kept with { Path = copy, Site = "sister", Size = 1, Checksum = null }], snapshot.Files);
        Assert.Equal(5, Append(SomeLines.Every(10)));
        Assert.Equal(15, new SpecDeltaReader(Table).Rows().Count);
    }

    [Fact]
    public void Instants_of_statistics_do_not_depend_on_the_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { DateTimeFormat = { TimeSeparator = "." } };
            Append(SomeLines.Every(1));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.Equal(SomeLines.Noon, Assert.Single(Lake.Snapshot().Files).LastEnd);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
