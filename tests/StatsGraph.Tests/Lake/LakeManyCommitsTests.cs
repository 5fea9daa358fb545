using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

/// <summary>What many small commits cost, counted in files.</summary>
public sealed class LakeManyCommitsTests : LakeTest
{
    private const int Commits = 700;

    [Fact]
    public void Many_small_commits_stay_cheap_and_become_a_few_files()
    {
        for (var i = 0; i < Commits; i++)
            Append(Lines(i));
        Assert.Equal(Commits, LakeTable.Open(Data).Snapshot().Files.Count);

        // All but the newest file are out of reach: an append that opened one of them would fail.
        WithoutFiles(Lake.Snapshot().Files.SkipLast(1), () =>
        {
            Assert.Equal(0, Append(LakeTable.Open(Data), Lines(Commits - 1)));
            Assert.Equal(3, Append(LakeTable.Open(Data), Lines(Commits)));
        });
        // The log before the newest checkpoint is not needed either, once that is a day old.
        foreach (var file in Directory.GetFiles(Log))
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddDays(-2));
        Lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, CancellationToken.None);
        Assert.Single(Directory.GetFiles(Log, "*.json"));

        var result = Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        Assert.InRange(Lake.Snapshot().Files.Count, 1, 3);
        Assert.InRange(result.Rows, 3 * (Commits + 1), 6 * (Commits + 1));
        Assert.Equal(0, Append(LakeTable.Open(Data), Enumerable.Range(0, Commits + 1).SelectMany(Lines)));
        Assert.Equal(
            Identities(Enumerable.Range(0, Commits + 1).SelectMany(Lines)),
            new SpecDeltaReader(Table, checkpoint: Commits).Rows().Select(row => (row.Hash, row.Ordinal)));
    }

    [Fact]
    public void An_append_of_undated_lines_opens_only_files_that_hold_them()
    {
        for (var i = 0; i < 20; i++)
            Append(SomeLines.Undated(10, firstHash: 10 * i));
        var holder = Lake.Snapshot().Files[7].Path;

        WithoutFiles(Lake.Snapshot().Files.Where(file => file.Path != holder), () =>
        {
            Assert.Equal(0, Append(LakeTable.Open(Data), SomeLines.Undated(10, firstHash: 70)));
            Assert.Equal(5, Append(LakeTable.Open(Data), SomeLines.Undated(10, firstHash: 70).Concat(SomeLines.Undated(5, firstHash: 5000))));
        });
    }

    [Fact]
    public void Undated_lines_are_known_after_a_compaction_and_from_a_checkpoint_and_however_many_there_are()
    {
        for (var i = 0; i < 101; i++)
            Append(SomeLines.Undated(3, firstHash: 3 * i));
        Append(SomeLines.Undated(1000, firstHash: 5000));
        Assert.Equal(0, Append(LakeTable.Open(Data), SomeLines.Undated(303)));
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        Assert.Equal(0, Append(LakeTable.Open(Data), SomeLines.Undated(303)));
        Assert.Equal(0, Append(LakeTable.Open(Data), SomeLines.Undated(1000, firstHash: 5000)));
        Assert.Equal(1, Append(LakeTable.Open(Data), SomeLines.Undated(304)));
        Assert.Equal(Identities([.. SomeLines.Undated(304), .. SomeLines.Undated(1000, firstHash: 5000)]), Found());
    }

    /// <summary>Two dated lines, an hour after those of the commit before, and an undated one.</summary>
    private static IEnumerable<SomeLine> Lines(int commit)
        => [.. SomeLines.Every(2, firstHash: 10 * commit, from: SomeLines.Noon.AddHours(commit)),
            .. SomeLines.Undated(1, firstHash: (10 * commit) + 5)];

    private static void WithoutFiles(IEnumerable<LakeFile> files, Action act)
    {
        var paths = files.Select(file => file.Path).ToList();
        paths.ForEach(path => File.Move(path, path + ".away"));
        act();
        paths.ForEach(path => File.Move(path + ".away", path));
    }
}
