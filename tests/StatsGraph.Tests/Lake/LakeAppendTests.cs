using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

public sealed class LakeAppendTests : LakeTest
{
    [Fact]
    public void A_lake_without_appends_is_empty_and_writes_nothing()
    {
        Assert.Equal(-1, Lake.Snapshot().Version);
        Assert.Empty(Lake.Snapshot().Files);
        Assert.Empty(Lake.Snapshot().Sites);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void Lines_are_added_once_and_the_second_time_nothing_is_committed()
    {
        Assert.Equal(1000, Append(SomeLines.Every(1000)));
        Assert.Equal(0, Append(SomeLines.Every(1000)));

        Assert.Equal(0, Lake.Snapshot().Version);
        Assert.Equal(Identities(SomeLines.Every(1000)), Found());
        Assert.Empty(Strays());
    }

    [Fact]
    public void The_result_says_for_each_batch_which_rows_were_new()
    {
        Append(SomeLines.Every(3));

        var result = Lake.Append("radio",
            [SomeLines.Every(2, firstHash: 1).Batch(), SomeLines.Every(0).Batch(), SomeLines.Every(3, firstHash: 2).Batch()], [], CancellationToken.None);

        Assert.Equal(1, result.Version);
        Assert.Equal([[false, false], [], [false, true, true]], result.Added.Select(added => added.Cast<bool>()));
    }

    [Fact]
    public void Pieces_that_overlap_in_any_order_give_the_union()
    {
        var lines = SomeLines.Every(5000).ToList();
        Append(lines[3000..4000]);
        Append(lines[..1500]);
        Append(Enumerable.Reverse(lines[1000..3500]));
        Append(lines);

        Assert.Equal(Identities(lines), Found());
        Assert.Equal(5000, Lake.Snapshot().Files.Sum(file => file.Rows));
        Assert.Empty(Strays());
    }

    [Fact]
    public void Equal_lines_are_told_apart_by_their_ordinal()
    {
        var twice = new SomeLine[] { new(7, SomeLines.Noon), new(7, SomeLines.Noon, Ordinal: 1) };

        Assert.Equal(1, Append(twice[0]));
        Assert.Equal(1, Append(twice));
        Assert.Equal(0, Append(twice[1]));
        Assert.Equal(Identities(twice), Found());
    }

    [Fact]
    public void Rows_of_one_identity_within_an_append_count_once()
    {
        var lines = SomeLines.Every(100).ToList();

        var result = Lake.Append("radio", [lines.Concat(lines[..10]).Batch(), lines.Batch()], [], CancellationToken.None);

        Assert.Equal([100, 0], result.Added.Select(added => added.Cast<bool>().Count(isNew => isNew)));
        Assert.Equal(Identities(lines), Found());
    }

    [Fact]
    public void Undated_lines_are_a_set_too()
    {
        Append(SomeLines.Every(10, firstHash: 100));
        Assert.Equal(5, Append(SomeLines.Undated(5)));
        Assert.Equal(3, Append(SomeLines.Undated(8)));
        Assert.Equal(2, Append(SomeLines.Undated(8).Concat(SomeLines.Every(12, firstHash: 100))));

        Assert.Equal(Identities([.. SomeLines.Undated(8), .. SomeLines.Every(12, firstHash: 100)]), Found());
        Assert.Equal(8, Lake.Snapshot().Files.Sum(file => file.UndatedRows));
    }

    [Fact]
    public void A_stray_old_line_beside_new_ones_is_recognised()
    {
        var stray = new SomeLine(1_000_000, SomeLines.Noon.AddYears(-40));
        Append([stray, .. SomeLines.Every(10)]);
        Append(SomeLines.Every(10, firstHash: 500, from: SomeLines.Noon.AddDays(1)));

        Assert.Equal(1, Append([stray, new(2_000_000, SomeLines.Noon.AddDays(2)), new(505, SomeLines.Noon.AddDays(1).AddSeconds(5))]));
    }

    [Fact]
    public void The_same_line_of_two_sites_is_two_lines()
    {
        Append(SomeLines.Every(5));
        Lake.Append("other.site", [SomeLines.Every(5).Batch()], [], CancellationToken.None);

        Assert.Equal(["other.site", "radio"], Lake.Snapshot().Sites);
        Assert.Equal(10, new SpecDeltaReader(Table).Rows().Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_stay_whole_when_known_ones_between_them_are_left_out(bool dictionaries)
    {
        Append(SomeLines.Every(3000).Where(line => line.Hash % 17 == 3 || line.Hash is > 1000 and < 1200));

        Lake.Append("radio", [SomeLines.Every(3000).Batch(dictionaries).Slice(7, 2900)], [], CancellationToken.None);

        var expected = SomeLines.Every(3000).Where(line => line.Hash is >= 7 and < 2907 || line.Hash % 17 == 3);
        Assert.Equal(Identities(expected), Found());
        Assert.Equal(0L, new SpecDeltaReader(Table).QueryLines($"select count(*) from lines where not ({SomeLines.IsWhole})")[0][0]);
    }

    [Fact]
    public void Batches_with_and_without_dictionaries_go_into_one_file()
    {
        Lake.Append("radio", [SomeLines.Every(100).Batch(dictionaries: true), SomeLines.Every(100, firstHash: 50).Batch()], [], CancellationToken.None);

        Assert.Single(Lake.Snapshot().Files);
        Assert.Equal(150, Found().Count);
        Assert.Equal(50L, new SpecDeltaReader(Table).QueryLines("select count(*) from lines where line_hash >= 100")[0][0]);
    }

    [Fact]
    public void Each_batch_becomes_row_groups_of_its_own_and_large_ones_several()
    {
        Lake.Append("radio",
            [SomeLines.Every(10).Batch(), SomeLines.Every(0).Batch(), SomeLines.Every(300_000, firstHash: 10).Batch(dictionaries: true)], [], CancellationToken.None);

        var path = Assert.Single(Lake.Snapshot().Files).Path;
        var groups = SpecDeltaReader.Query($"select row_group_num_rows from parquet_metadata('{path}') where path_in_schema = 'line_hash' order by row_group_id");
        Assert.Equal([10L, 250_000L, 50_000L], groups.Select(group => group[0]));
    }

    [Fact]
    public void Progress_is_kept_with_the_lines_and_only_moves_on()
    {
        Append(Lake, SomeLines.Every(10), new SourceProgress("abc-1", 1000, 77));
        Assert.Equal(new SourceProgress("abc-1", 1000, 77), Lake.Progress("radio", "abc-1"));
        Assert.Null(Lake.Progress("radio", "abc-2"));
        Assert.Null(Lake.Progress("other", "abc-1"));

        Append(Lake, SomeLines.Every(10), new SourceProgress("abc-1", 500, 66));
        Assert.Equal(0, Lake.Snapshot().Version);

        Append(Lake, SomeLines.Every(10), new SourceProgress("abc-1", 2000, 88));
        Assert.Equal(1, Lake.Snapshot().Version);
        Assert.Equal(new SourceProgress("abc-1", 2000, 88), LakeTable.Open(Data).Progress("radio", "abc-1"));
        Assert.Equal(10, Found().Count);
        Assert.Equal(2000, new SpecDeltaReader(Table).Transactions["statsgraph.source/radio/abc-1/length"]);
        Assert.Equal(88, new SpecDeltaReader(Table).Transactions["statsgraph.source/radio/abc-1/digest"]);
    }

    [Fact]
    public void A_cancelled_append_leaves_the_lake_as_it_was()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Append(SomeLines.Every(10));

        Assert.Throws<OperationCanceledException>(() => Lake.Append("radio", [SomeLines.Every(20).Batch()], [], cancelled.Token));

        Assert.Equal(0, Lake.Snapshot().Version);
        Assert.Equal(10, Found().Count);
        Assert.Empty(Strays());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("Radio")]
    [InlineData("a/b")]
    [InlineData("radio\n")]
    public void A_site_that_is_no_key_is_refused(string site)
    {
        var exception = Assert.Throws<ArgumentException>(() => Lake.Append(site, [], [], CancellationToken.None));

        Assert.Equal(
            $"'{site}' is no site key; expected 1 to 64 characters of a-z, 0-9, '.', '-' and '_' that begin with a letter or digit (Parameter 'site')",
            exception.Message);
    }

    [Fact]
    public void A_batch_with_other_columns_is_refused()
    {
        var batch = SomeLines.Every(1).Batch();
        var reordered = new Apache.Arrow.RecordBatch(
            new Apache.Arrow.Schema(batch.Schema.FieldsList.Reverse(), metadata: null), batch.Arrays.Reverse(), batch.Length);

        var exception = Assert.Throws<ArgumentException>(() => Lake.Append("radio", [reordered], [], CancellationToken.None));

        Assert.Equal("Column 1 of a batch is 'network' of type utf8, expected 'class' of type utf8 (Parameter 'batch')", exception.Message);
    }
}
