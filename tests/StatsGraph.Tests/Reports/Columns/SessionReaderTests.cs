using System.Globalization;
using StatsGraph.Lake;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Sessions;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports.Columns;

/// <summary>What is read into the columns is compared with what Sessions.sql makes of the same files, value by value.</summary>
public sealed class SessionReaderTests : IDisposable
{
    private const string SessionTable = "session_table";

    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> NoAliases = [];

    private readonly SomeLake some = new("Europe/London", Now);
    private readonly QueryEngine engine = new("200MB");
    private readonly LakeTable lake;

    public SessionReaderTests() => lake = LakeTable.Open(some.Data);

    public void Dispose()
    {
        engine.Dispose();
        some.Dispose();
    }

    [Theory]
    [InlineData(1, 1_000_000, 65_536)]
    [InlineData(2, 1_000_000, 100)]
    [InlineData(3, 200, 65_536)]
    [InlineData(4, 150, 7)]
    public async Task Sessions_of_a_log_are_those_of_the_sql(int seed, int linesPerCommit, int rowsPerBatch)
    {
        var files = Ingest(seed, linesPerCommit);

        Assert.Equal(linesPerCommit > 1_500, files.Count == 1);
        await AssertSameAsync(files, NoAliases, rowsPerBatch);
    }

    [Fact]
    public async Task Sessions_of_compacted_files_are_those_of_the_sql()
    {
        Ingest(seed: 5, linesPerCommit: 200);
        lake.Compact(CompactionOptions.Full, CancellationToken.None);

        await AssertSameAsync(lake.Snapshot().Files, NoAliases, rowsPerBatch: 128);
    }

    [Fact]
    public async Task A_mount_counts_as_its_alias_but_not_as_the_alias_of_that()
    {
        var files = Ingest(seed: 6, linesPerCommit: 300);
        var mounts = Read(files, NoAliases).Select(row => row.Mount!).Distinct().OrderDescending(StringComparer.Ordinal).ToList();
        var aliases = new Dictionary<string, string> { [mounts[0]] = mounts[1], [mounts[1]] = "/new", ["/never"] = "/heard" };

        await AssertSameAsync(files, aliases, rowsPerBatch: 1_000);

        var counted = Read(files, aliases).Select(row => row.Mount).ToHashSet();
        Assert.Contains("/new", counted);
        Assert.Contains(mounts[1], counted);
        Assert.DoesNotContain(mounts[0], counted);
    }

    [Fact]
    public async Task Batches_are_full_but_the_last()
    {
        var files = Ingest(seed: 7, linesPerCommit: 250);
        var counts = new SessionReader(lake, new SiteTexts(), NoAliases).Read(files, 64, CancellationToken.None).Select(rows => rows.Count).ToList();

        Assert.All(counts.SkipLast(1), count => Assert.Equal(64, count));
        Assert.InRange(counts[^1], 1, 64);
        Assert.Equal((await SqlAsync(files, NoAliases)).Count, counts.Sum());
    }

    [Fact]
    public async Task Nulls_are_what_the_sql_makes_of_them()
    {
        var file = Other(
            8,
            (LineColumns.Class, "case i when 1 then null when 2 then 'error' when 3 then 'bot' else 'listener' end"),
            (LineColumns.Duration, "case i when 4 then null when 5 then -1::bigint else 60 end"),
            (LineColumns.StartedAt, "case when i != 6 then make_timestamptz(1764000000000000 + i * 1000000) end"),
            (LineColumns.Network, "case when i = 6 then 'A Name Before All' when i < 6 then 'Some Net' end"),
            (LineColumns.Mount, "case when i != 7 then '/live' end"),
            (LineColumns.Bytes, "case when i != 7 then 5::decimal(20, 0) end"),
            (LineColumns.Asn, "case when i != 3 then 64500::bigint end"));

        await AssertSameAsync([file], NoAliases, rowsPerBatch: 3);

        var rows = Read([file], NoAliases);
        Assert.Equal([100, 103, 107], rows.Select(row => row.LineHash));
        Assert.Equal(
            [("/live", "AS64500", 5UL), ("/live", null, 5UL), (null, "AS64500", 0UL)],
            rows.Select(row => (row.Mount, row.Network, row.Bytes)));
    }

    [Fact]
    public async Task Fractions_of_a_second_are_cut_as_the_sql_cuts_them_before_1970_too()
        => await AssertSameAsync(
            [
                Other(
                    6,
                    (LineColumns.StartedAt, "make_timestamptz([-1500000, -1000000, -999999, 0, 999999, 1000001][i + 1])"),
                    (LineColumns.EndedAt, "make_timestamptz([-500000, -1, 1, 999999, 1999999, 2000001][i + 1])")),
            ],
            NoAliases,
            rowsPerBatch: 10);

    [Fact]
    public async Task A_network_keeps_every_name_with_the_longest_session_that_knew_it_by_it()
    {
        var file = Other(
            60,
            (LineColumns.Asn, "(64500 + i % 4)::bigint"),
            (LineColumns.Network, "case when i % 7 > 0 then 'Net ' || i % 3 end"),
            (LineColumns.Duration, "(i * 37 % 100)::bigint"));

        await AssertSameAsync([file, Other(3)], NoAliases, rowsPerBatch: 8);
    }

    [Theory]
    [InlineData(LineColumns.Duration, "4294967296::bigint", "a duration of 4294967296 s, expected at most 4294967295")]
    [InlineData(LineColumns.Listener, "null::bigint", "no listener, expected one")]
    [InlineData(LineColumns.EndedAt, "null::timestamptz", "no end, expected one")]
    [InlineData(LineColumns.Bytes, "18446744073709551616::decimal(20, 0)", "18446744073709551616 bytes, expected 0 to 18446744073709551615")]
    [InlineData(LineColumns.Bytes, "-1::decimal(20, 0)", "-1 bytes, expected 0 to 18446744073709551615")]
    [InlineData(LineColumns.StartedAt, "timestamptz '1949-12-31 23:59:59+00'",
        "the start -631152001 and the end 1764000062 in seconds since 1970, expected an end not before it, both from 1950 to 2086")]
    [InlineData(LineColumns.EndedAt, "timestamptz '2100-01-01 00:00:00+00'",
        "the start 1764000002 and the end 4102444800 in seconds since 1970, expected an end not before it, both from 1950 to 2086")]
    [InlineData(LineColumns.EndedAt, "timestamptz '2025-11-24 16:00:01+00'",
        "the start 1764000002 and the end 1764000001 in seconds since 1970, expected an end not before it, both from 1950 to 2086")]
    public void A_session_that_the_columns_cannot_hold_is_named(string column, string sql, string complaint)
    {
        var expected = OtherWriter.Write(Path.Combine(some.Data, "expected.parquet"), rows: 1);
        var file = Other(4, (column, $"case when i = 2 then {sql} else ({SqlOf(expected, column)}) end"));

        var exception = Assert.Throws<UnfitSessionException>(() => Read([file], NoAliases));

        Assert.Equal($"{file.Path}: the session 102/0 of site 'radio' has {complaint}", exception.Message);
        Assert.Equal("radio", exception.Site);
    }

    [Fact]
    public async Task Files_with_different_dictionaries_share_the_codes_of_their_texts()
    {
        LakeFile[] files =
        [
            Other(5),
            Other(5, (LineColumns.UserAgent, "'agent ' || (2 - i % 3)"), (LineColumns.Country, "['FR', 'GB'][i % 2 + 1]")),
        ];
        await AssertSameAsync(files, NoAliases, rowsPerBatch: 100);

        var texts = new SiteTexts();
        var rows = Assert.Single(new SessionReader(lake, texts, NoAliases).Read(files, 100, CancellationToken.None));

        Assert.Equal([1, 2, 3, 1, 2, 3, 2, 1, 3, 2], rows.Codes(TextColumn.UserAgent)[..10]);
        Assert.Equal([1, 1, 1, 1, 1, 2, 1, 2, 1, 2], rows.Codes(TextColumn.Country)[..10]);
        Assert.Equal((4, 3, 2), (texts[TextColumn.UserAgent].Count, texts[TextColumn.Country].Count, texts[TextColumn.Mount].Count));
    }

    [Fact]
    public void Texts_of_lines_that_are_no_sessions_get_no_codes()
    {
        var texts = new SiteTexts();
        var file = Other(4, (LineColumns.Class, "case when i = 1 then 'error' else 'listener' end"), (LineColumns.Mount, "'/m' || i"));

        _ = new SessionReader(lake, texts, NoAliases).Read([file], 100, CancellationToken.None).Count();

        Assert.Equal([null, "/m0", "/m2", "/m3"], Enumerable.Range(0, texts[TextColumn.Mount].Count).Select(code => texts[TextColumn.Mount][code]));
    }

    [Fact]
    public void A_file_that_is_gone_is_named_after_the_sessions_of_those_before_it()
    {
        var (first, gone) = (Other(10), Other(10));
        File.Delete(gone.Path);
        using var batches = new SessionReader(lake, new SiteTexts(), NoAliases).Read([first, gone], 10, CancellationToken.None).GetEnumerator();

        Assert.True(batches.MoveNext());
        var exception = Assert.Throws<LakeException>(() => batches.MoveNext());

        Assert.StartsWith($"{gone.Path}: the data file could not be read: it is missing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_reading_ends()
    {
        var files = Enumerable.Range(0, 8).Select(_ => Other(10)).ToList();
        using var cancelled = new CancellationTokenSource();
        using var batches = new SessionReader(lake, new SiteTexts(), NoAliases).Read(files, 10, cancelled.Token).GetEnumerator();

        Assert.True(batches.MoveNext());
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => batches.MoveNext());
    }

    [Fact]
    public void Whoever_stops_in_the_middle_leaves_nobody_reading()
    {
        var files = Enumerable.Range(0, 8).Select(_ => Other(10)).ToList();
        using (var batches = new SessionReader(lake, new SiteTexts(), NoAliases).Read(files, 10, CancellationToken.None).GetEnumerator())
            Assert.True(batches.MoveNext());

        // A reader that went on would keep their places on the disk.
        files.ForEach(file => File.Delete(file.Path));
        Assert.DoesNotContain(
            Directory.GetFiles("/proc/self/fd"),
            descriptor => new FileInfo(descriptor).LinkTarget?.StartsWith(some.Data, StringComparison.Ordinal) is true);
    }

    private static string SqlOf(LakeFile expected, string column)
        => column is LineColumns.StartedAt or LineColumns.EndedAt
            ? $"(select {column} from '{expected.Path}') + to_seconds(i)" : $"select {column} from '{expected.Path}'";

    private IReadOnlyList<LakeFile> Ingest(int seed, int linesPerCommit)
    {
        var log = RandomLog.Make(new RandomLogOptions(seed, 1_500, "Europe/London", new DateOnly(2026, 10, 1), Months: 2));
        some.Ingest([some.Write("some.log", log.ToBytes())], linesPerCommit);
        return lake.Snapshot().Files;
    }

    private LakeFile Other(int rows, params IReadOnlyList<(string Column, string? Sql)> instead)
        => OtherWriter.Write(Path.Combine(some.Data, $"{Guid.NewGuid():N}.parquet"), rows, instead);

    private async Task AssertSameAsync(IReadOnlyList<LakeFile> files, Dictionary<string, string> aliases, int rowsPerBatch)
    {
        var texts = new SiteTexts();
        var found = Read(files, aliases, rowsPerBatch, texts);
        var expected = await SqlAsync(files, aliases);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, found.Select(row => row.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(await IdentitiesAsync(files), found.Select(row => (row.LineHash, row.Ordinal, row.Start)));
        Assert.Equal(
            await NamesAsync(),
            texts.NetworkNames.All().Select(name => (texts[TextColumn.Network][name.Network], name.Name, (long)name.Duration)).Order());
    }

    private List<Row> Read(IReadOnlyList<LakeFile> files, Dictionary<string, string> aliases, int rowsPerBatch = 1_000, SiteTexts? texts = null)
    {
        texts ??= new SiteTexts();
        var found = new List<Row>();
        foreach (var rows in new SessionReader(lake, texts, aliases).Read(files, rowsPerBatch, CancellationToken.None))
            found.AddRange(Enumerable.Range(0, rows.Count).Select(row => Row.Of(rows, row, texts)));
        return found;
    }

    /// <summary>The rows of the session table that can be in a figure, as text and in order of that.</summary>
    private async Task<List<string>> SqlAsync(IReadOnlyList<LakeFile> files, Dictionary<string, string> aliases)
    {
        await engine.ExecuteAsync(new Statement($"drop table if exists {SessionTable}"), TestContext.Current.CancellationToken);
        var lines = new SiteLines(0, "radio", files);
        await engine.ExecuteAsync(
            lines.Read(SqlText.Load("Sessions/Sessions").With("name", SessionTable))
                .Bind("min_duration", 0L).Bind("alias_from", aliases.Keys.ToList()).Bind("alias_to", aliases.Values.ToList()),
            TestContext.Current.CancellationToken);
        var rows = await engine.QueryAsync(
            new Statement($"""
                select kind, start, "end", duration, coalesce(bytes, 0), mount, listener, country, region, city, network, referrer, player, user_agent
                from {SessionTable} where start is not null
                """),
            record => string.Join(
                '|', Enumerable.Range(0, 14).Select(column => Convert.ToString(record.GetValue(column), CultureInfo.InvariantCulture))),
            TestContext.Current.CancellationToken);
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    /// <summary>Which lines are sessions, in the order of the files.</summary>
    private async Task<List<(long, int, long)>> IdentitiesAsync(IReadOnlyList<LakeFile> files)
    {
        var found = new List<(long, int, long)>();
        foreach (var file in files)
        {
            found.AddRange(await engine.QueryAsync(
                new Statement($"""
                    select line_hash, ordinal, epoch_us(started_at) // 1000000
                    from read_parquet('{file.Path}', hive_partitioning = false, file_row_number = true)
                    where class in ('listener', 'relay', 'bot') and duration >= 0 and started_at is not null order by file_row_number
                    """),
                record => (record.GetInt64(0), record.GetInt32(1), record.GetInt64(2)),
                TestContext.Current.CancellationToken));
        }
        return found;
    }

    private async Task<List<(string?, string, long)>> NamesAsync()
    {
        var names = await engine.QueryAsync(
            new Statement($"""
                select network, network_name, max(duration) from {SessionTable}
                where network is not null and network_name is not null group by network, network_name
                """),
            record => ((string?)record.GetString(0), record.GetString(1), record.GetInt64(2)),
            TestContext.Current.CancellationToken);
        return [.. names.Order()];
    }

    /// <summary>A session with its texts.</summary>
    private sealed record Row(
        string Kind, long Start, long End, long Duration, ulong Bytes, string? Mount, long Listener, string? Network, string Others,
        long LineHash, int Ordinal)
    {
        private static readonly TextColumn[] BeforeNetwork = [TextColumn.Country, TextColumn.Region, TextColumn.City];
        private static readonly TextColumn[] AfterNetwork = [TextColumn.Referrer, TextColumn.Player, TextColumn.UserAgent];

        public static Row Of(SessionRows rows, int row, SiteTexts texts)
        {
            string? Text(TextColumn column) => texts[column][rows.Codes(column)[row]];
            var kind = rows.Kinds[row] switch
            {
                SessionFlags.Relay => "relay",
                SessionFlags.Bot => "bot",
                SessionFlags.None => "listener",
                var other => $"{other}",
            };
            var others = string.Join(
                '|', [.. BeforeNetwork.Select(Text), Text(TextColumn.Network), .. AfterNetwork.Select(Text)]);
            return new Row(
                kind, ColumnTime.ToUnix(rows.Starts[row]), ColumnTime.ToUnix(rows.Ends[row]), rows.Durations[row], rows.Bytes[row],
                Text(TextColumn.Mount), rows.Listeners[row], Text(TextColumn.Network), others, rows.LineHashes[row], rows.Ordinals[row]);
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Kind}|{Start}|{End}|{Duration}|{Bytes}|{Mount}|{Listener}|{Others}");
    }
}
