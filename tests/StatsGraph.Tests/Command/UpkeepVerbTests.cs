using StatsGraph.Lake;
using StatsGraph.Tests.Lake;
using StatsGraph.Tests.Some;
using StatsGraph.Verbs;

namespace StatsGraph.Tests.Command;

/// <summary>The verbs <c>compact</c>, <c>prune</c> and <c>vacuum</c>, and what <c>ingest</c> and <c>serve</c> do of both by themselves.</summary>
public sealed class UpkeepVerbTests : LakeTest
{
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    private CommandHost Host => SomeHost.In(Path.GetTempPath()) with { Output = output, Error = error, Clock = TimeProvider.System };

    [Fact]
    public async Task Compact_says_what_became_of_the_files()
    {
        AppendEach(4);

        Assert.Equal(0, await RunAsync("compact", "--site", "radio"));
        Assert.Equal(0, await RunAsync("compact"));

        Assert.Matches(@"\A4 files became 1: 40 lines, [0-9.]+ kB instead of [0-9.]+ kB\.\nNothing to compact\.\n\z", output.ToString());
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task Compact_names_a_damaged_file_and_compacts_the_other_sites()
    {
        AppendEach(4);
        var damaged = Lake.Snapshot().Files[2].Path;
        File.WriteAllText(damaged, "no Parquet");
        for (var i = 0; i < 3; i++)
            Lake.Append("other", [SomeLines.Every(10, firstHash: 10 * i).Batch()], [], CancellationToken.None);
        var told = $"statsgraph: {damaged}: the data file could not be read: it has 10 bytes, expected {Lake.Snapshot().Files[2].Size}\n";

        Assert.Equal(1, await RunAsync("compact"));
        Assert.Equal(1, await RunAsync("compact"));

        Assert.Matches(@"\A3 files became 1: 30 lines, [0-9.]+ kB instead of [0-9.]+ kB\.\n\z", output.ToString());
        Assert.Equal(told + told, error.ToString());
    }

    [Fact]
    public async Task Vacuum_says_what_it_deletes_and_what_it_does_not_know()
    {
        AppendEach(4);
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        var strange = Path.Combine(Table, "notes.txt");
        File.WriteAllText(strange, "x");

        Assert.Equal(0, await RunAsync("vacuum", "--older-than", "0d", "--dry-run"));
        Assert.Equal(0, await RunAsync("vacuum"));
        Assert.Equal(0, await RunAsync("vacuum", "--older-than", "0d"));

        Assert.Matches(
            """
            \AWould delete 4 data files, 0 files of the log and 0 leftovers: [0-9.]+ kB\.
            Deleted 0 data files, 0 files of the log and 0 leftovers: 0 B\.
            Deleted 4 data files, 0 files of the log and 0 leftovers: [0-9.]+ kB\.
            \z
            """,
            output.ToString());
        Assert.Equal(string.Concat(Enumerable.Repeat($"statsgraph: {strange}: not of this program and no part of the lake; left alone\n", 3)), error.ToString());
    }

    [Fact]
    public async Task Prune_says_that_there_is_nothing_to_remove_and_is_no_failure()
    {
        Assert.Equal(0, await RunAsync("prune", "--older-than", "1y"));
        AppendEach(2);
        Assert.Equal(0, await RunAsync("prune", "--older-than", "9000d"));
        Assert.Equal(0, await RunAsync("prune", "--older-than", "9000d", "--dry-run"));

        Assert.Matches(
            """
            \ANothing to remove: the lake has no lines\.
            (Site radio: nothing to remove from before [0-9]{4}-[0-9]{2}-[0-9]{2} 00:00 \(UTC\)\.
            ){2}\z
            """,
            output.ToString());
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task Prune_says_which_sites_have_no_retention_or_no_lines()
    {
        var host = Host with { Environment = new Dictionary<string, string> { ["STATSGRAPH_Sites__other__Retention"] = "1y" } };
        AppendEach(1);

        Assert.Equal(0, await StatsGraphCommand.RunAsync(["prune", "--data", Data], host));
        Assert.Equal(0, await StatsGraphCommand.RunAsync(["prune", "--data", Data, "--site", "other"], host));

        Assert.Equal(
            "Nothing to remove: no Retention is configured for radio.\nNothing to remove: the lake has no lines of site other.\n",
            output.ToString());
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task Prune_says_where_what_it_removed_is()
    {
        Append(SomeLines.Every(10, from: SomeLines.Noon.AddYears(-21)));

        Assert.Equal(0, await RunAsync("prune", "--older-than", "20y", "--dry-run"));
        Assert.Equal(0, await RunAsync("prune", "--older-than", "20y"));

        Assert.Matches(
            """
            \ASite radio: nothing was changed; a prune would remove 10 lines from before [0-9-]+ 00:00 \(UTC\)\.
            Site radio: removed 10 lines \(1 file dropped, 0 rewritten\) from before [0-9-]+ 00:00 \(UTC\)\.
            What was removed stays on disk until 'statsgraph vacuum' deletes it, after 7 days; at once with --older-than 0h\.
            \z
            """,
            output.ToString());
    }

    [Theory]
    [InlineData(2, "option '--older-than': 'soon' is no age; expected a whole number from 0 to 9999 and h, d, w, mo or y, such as 36h, 7d or 24mo", "vacuum", "--older-than", "soon")]
    [InlineData(2, "option '--site': 'A B' is no site key; expected 1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit", "compact", "--site", "A B")]
    [InlineData(1, "option '--site': the lake has no lines of 'other'; expected one of radio", "compact", "--site", "other")]
    public async Task What_is_asked_wrongly_is_named(int status, string message, params string[] words)
    {
        AppendEach(1);

        Assert.Equal(status, await RunAsync(words));

        Assert.Equal($"statsgraph: {message}\n", error.ToString());
    }

    [Theory]
    [InlineData("compact")]
    [InlineData("vacuum")]
    public async Task A_folder_without_a_lake_is_named(string verb)
    {
        Assert.Equal(1, await RunAsync(verb));

        Assert.Equal($"statsgraph: {Data}: no lake is here; expected a data folder that something was ingested into\n", error.ToString());
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void Care_compacts_when_enough_files_have_gathered_and_vacuums_once_a_day()
    {
        AppendEach(7);
        Assert.True(Care(TimeSpan.Zero));
        Assert.Equal((7, true), (Lake.Snapshot().Files.Count, Lake.LastVacuum() is not null));
        AppendEach(8);

        Assert.True(Care(TimeSpan.FromHours(23)));
        Assert.Single(Lake.Snapshot().Files);
        Assert.Equal(9, Directory.GetFiles(Table, "*.parquet", SearchOption.AllDirectories).Length);

        Assert.True(Care(TimeSpan.FromDays(8)));
        Assert.Single(Directory.GetFiles(Table, "*.parquet", SearchOption.AllDirectories));
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public void Care_that_fails_says_so_in_one_line()
    {
        AppendEach(8);
        var damaged = Lake.Snapshot().Files[3].Path;
        File.WriteAllText(damaged, "no Parquet");

        Assert.False(Care(TimeSpan.Zero));

        Assert.StartsWith(
            $"statsgraph: the lake could not be tidied up, which is tried again later and changes no figure: {damaged}: the data file could not be read: ",
            error.ToString(), StringComparison.Ordinal);
        Assert.Single(error.ToString().TrimEnd('\n').Split('\n'));
        Assert.Equal(80, Lake.Snapshot().Files.Sum(file => file.Rows));
    }

    private Task<int> RunAsync(params string[] words) => StatsGraphCommand.RunAsync([.. words, "--data", Data], Host);

    private bool Care(TimeSpan later)
    {
        var clock = new LaterTime(later);
        var care = new LakeCare(Host with { Clock = clock }, [LakeTable.Open(Data, clock)], Data);
        return care.TryOnce(CompactionOptions.AfterIngest, CancellationToken.None);
    }

    private void AppendEach(int commits)
    {
        for (var i = 0; i < commits; i++)
            Append(SomeLines.Every(10, firstHash: 10 * i, from: SomeLines.Noon.AddSeconds(10 * i)));
    }

    private sealed class LaterTime(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }
}
