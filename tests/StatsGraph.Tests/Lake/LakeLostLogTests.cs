using StatsGraph.Lake;
using StatsGraph.Lake.Verification;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

/// <summary>Data files without a commit: a log that was lost, which is told, or a first ingest that was killed, which the next one goes over.</summary>
public sealed class LakeLostLogTests : LakeTest
{
    private string Mark => Path.Combine(Data, "lake.vacuum");

    private string Told => $"{Log}: the log of the lake is lost, expected the commits that its data files came with; "
        + "restore the folder from a backup, or ingest all logs into a new data folder";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_lake_whose_log_is_gone_is_neither_read_nor_begun_anew_nor_vacuumed(int commits)
    {
        AppendEach(commits);
        Directory.Delete(Log, recursive: true);

        AssertLost();
    }

    [Fact]
    public void One_whose_log_is_gone_under_a_process_that_knew_it_is_told_too()
    {
        AppendEach(2);
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(1, Lake.Snapshot().Version);
        Directory.Delete(Log, recursive: true);

        Assert.Equal(Told, Assert.Throws<LakeException>(Lake.Snapshot).Message);
        Assert.Equal(Told, Assert.Throws<LakeException>(() => Append(SomeLines.Every(1, firstHash: 100))).Message);
        Assert.Equal(Told, Assert.Throws<LakeException>(() => Lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, cancellation)).Message);
    }

    [Fact]
    public void A_log_that_was_emptied_after_a_vacuum_is_lost()
    {
        AppendEach(1);
        Lake.Vacuum(new VacuumOptions(), TestContext.Current.CancellationToken);
        Empty(Log);

        AssertLost();
    }

    [Fact]
    public void A_log_that_holds_nothing_but_the_pointer_at_a_checkpoint_is_lost()
    {
        AppendEach(1);
        Empty(Log);
        File.WriteAllText(Path.Combine(Log, "_last_checkpoint"), """{"version":100,"size":3}""");

        Assert.Equal(Told, Assert.Throws<LakeException>(() => Append(LakeTable.Open(Data), SomeLines.Every(1))).Message);
        Assert.False(LakeVerification.Verify(Data, null, TestContext.Current.CancellationToken).IsSound);
    }

    [Fact]
    public void However_many_first_ingests_were_killed_before_their_commits_the_next_one_begins_the_lake()
    {
        LakeKey.Open(Data);
        AppendEach(3);
        Empty(Log);

        Assert.True(LakeVerification.Verify(Data, null, TestContext.Current.CancellationToken).IsSound);
        Assert.Equal(10, Append(LakeTable.Open(Data), SomeLines.Every(10)));
        Assert.Equal(Identities(SomeLines.Every(10)), Found());
    }

    [Fact]
    public void A_vacuum_before_the_first_commit_deletes_no_data_file_and_leaves_no_mark()
    {
        AppendEach(3);
        Empty(Log);
        var files = Directory.GetFiles(Table, "part-*", SearchOption.AllDirectories);
        foreach (var file in files)
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-30));

        var result = LakeTable.Open(Data).Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, TestContext.Current.CancellationToken);

        Assert.Equal(0, result.DataFiles);
        Assert.All(files, file => Assert.True(File.Exists(file)));
        Assert.False(File.Exists(Mark));
    }

    [Fact]
    public void A_lake_that_was_deleted_to_begin_anew_takes_up_a_first_ingest_that_was_killed()
    {
        AppendEach(2);
        Lake.Vacuum(new VacuumOptions(), TestContext.Current.CancellationToken);
        Directory.Delete(Table, recursive: true);
        File.SetLastWriteTimeUtc(Mark, DateTime.UtcNow.AddHours(-1));
        AppendEach(1);
        Empty(Log);

        Assert.Equal(10, Append(LakeTable.Open(Data), SomeLines.Every(10)));
    }

    /// <summary>What every user of the lake is told, and that nothing was changed by asking.</summary>
    private void AssertLost()
    {
        var (lake, cancellation) = (LakeTable.Open(Data), TestContext.Current.CancellationToken);
        var before = Directory.GetFileSystemEntries(Data, "*", SearchOption.AllDirectories);
        Action[] uses =
        [
            () => lake.Snapshot(),
            () => Append(lake, SomeLines.Every(1, firstHash: 1_000)),
            () => lake.Compare("radio", [SomeLines.Every(1).Batch()], cancellation),
            () => lake.Compact(CompactionOptions.Full, cancellation),
            () => lake.Prune("radio", SomeLines.Noon, dryRun: false, cancellation),
            () => lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, cancellation),
        ];
        Assert.All(uses, use => Assert.Equal(Told, Assert.Throws<LakeException>(use).Message));
        Assert.Contains(
            new Finding(Severity.Damage, Log, Told[(Log.Length + 2)..]), LakeVerification.Verify(Data, null, cancellation).Findings);
        Assert.Equal(before, Directory.GetFileSystemEntries(Data, "*", SearchOption.AllDirectories));
    }

    private static void Empty(string folder) => Array.ForEach(Directory.GetFiles(folder), File.Delete);

    private void AppendEach(int commits)
    {
        for (var i = 0; i < commits; i++)
            Append(SomeLines.Every(10, firstHash: 10 * i, from: SomeLines.Noon.AddSeconds(10 * i)));
    }
}
