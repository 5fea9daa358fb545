using System.Collections.Concurrent;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

/// <summary>Compactions, vacuums, appends and readers at once, each with a table of its own as processes have.</summary>
public sealed class LakeUpkeepRaceTests : LakeTest
{
    private readonly ConcurrentQueue<Exception> failures = [];

    [Fact]
    public void Compactions_and_vacuums_lose_nothing_and_double_nothing_beside_appends()
    {
        var lines = SomeLines.Every(3000).Concat(SomeLines.Undated(60, firstHash: 10_000)).ToList();
        var added = 0;
        using var appended = new CountdownEvent(3);
        var appenders = Enumerable.Range(0, 3).Select(number => Start(() =>
        {
            var lake = LakeTable.Open(Data);
            var random = new Random(number);
            for (var i = 0; i < 40; i++)
                Interlocked.Add(ref added, Append(lake, lines.Skip(random.Next(lines.Count)).Take(random.Next(1, 120))));
            Interlocked.Add(ref added, Append(lake, lines));
            appended.Signal();
        })).ToList();
        var compactors = Enumerable.Range(0, 2).Select(_ => Start(() =>
        {
            var lake = LakeTable.Open(Data);
            while (!appended.IsSet)
                Assert.Empty(lake.Compact(CompactionOptions.Full, CancellationToken.None).Failures);
        }));
        var vacuum = Start(() =>
        {
            var lake = LakeTable.Open(Data);
            while (!appended.IsSet)
                lake.Vacuum(new VacuumOptions { Age = TimeSpan.FromMilliseconds(300) }, CancellationToken.None);
        });
        var reader = Start(() =>
        {
            var (lake, rows) = (LakeTable.Open(Data), 0L);
            while (!appended.IsSet)
            {
                var now = lake.Snapshot().Files.Sum(file => file.Rows);
                Assert.True(now >= rows, $"{now} rows after {rows}");
                rows = now;
            }
        });
        foreach (var thread in (IEnumerable<Thread>)[.. appenders, .. compactors, vacuum, reader])
            thread.Join();

        Assert.Empty(failures);
        Assert.Equal(lines.Count, added);
        Assert.Equal(Identities(lines), Found());
        Assert.Equal(0, Append(lines));
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        Lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, CancellationToken.None);
        Assert.Equal(Identities(lines), Found());
        Assert.Equal([Path.Combine(Data, "lake.vacuum")], Strays());
    }

    [Fact]
    public void Of_two_compactions_of_the_same_files_one_wins_and_the_other_leaves_nothing()
    {
        for (var i = 0; i < 6; i++)
            Append(SomeLines.Every(10, firstHash: 10 * i));
        var slow = LakeTable.Open(Data, new TimeAt(1, () => LakeTable.Open(Data).Compact(CompactionOptions.Full, CancellationToken.None)));

        Assert.Equal(CompactionResult.Nothing, slow.Compact(CompactionOptions.Full, CancellationToken.None));

        Assert.Equal((6L, 60L), (Lake.Snapshot().Version, Assert.Single(Lake.Snapshot().Files).Rows));
        Assert.Equal(Identities(SomeLines.Every(60)), Found());
        // The six old files stay for a vacuum; the file that the loser wrote is gone.
        Assert.Equal(6, Strays().Count());
    }

    [Fact]
    public void A_compaction_goes_on_over_appends_that_came_meanwhile()
    {
        for (var i = 0; i < 6; i++)
            Append(SomeLines.Every(10, firstHash: 10 * i));
        // The second time it asks for the time is when it commits.
        var lake = LakeTable.Open(Data, new TimeAt(2, () => Append(SomeLines.Every(100))));

        Assert.Equal(6, lake.Compact(CompactionOptions.Full with { MostMerges = 1 }, CancellationToken.None).Files);

        Assert.Equal([40L, 60L], Lake.Snapshot().Files.Select(file => file.Rows));
        Assert.Equal(Identities(SomeLines.Every(100)), Found());
    }

    [Fact]
    public void An_append_beside_a_compaction_adds_nothing_twice()
    {
        for (var i = 0; i < 6; i++)
            Append(SomeLines.Every(10, firstHash: 10 * i));
        var lake = LakeTable.Open(Data, new TimeAt(2, () =>
        {
            Append(SomeLines.Every(80));
            LakeTable.Open(Data).Compact(CompactionOptions.Full, CancellationToken.None);
        }));

        Assert.Equal(20, Append(lake, SomeLines.Every(100)));

        Assert.Equal(Identities(SomeLines.Every(100)), Found());
        Assert.Equal([80L, 20L], Lake.Snapshot().Files.Select(file => file.Rows));
    }

    [Fact]
    public void A_prune_goes_on_when_files_that_came_meanwhile_went_again_before_it_could_look_at_them()
    {
        Append(SomeLines.Every(100));
        var (other, cancellation) = (LakeTable.Open(Data), TestContext.Current.CancellationToken);
        var left = 0;
        // It asks for the time when it has written its file, and once it has seen the version to commit on.
        var lake = LakeTable.Open(Data, new TimesAt(
            () => Array.ForEach([100, 110], hash => Append(other, SomeLines.Every(10, firstHash: hash, from: SomeLines.Noon.AddSeconds(hash)))),
            () =>
            {
                Assert.Equal(2, other.Compact(CompactionOptions.Full with { RowsPerFile = 200 }, cancellation).Files);
                left = other.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, cancellation).DataFiles;
            }));

        var result = lake.Prune("radio", SomeLines.Noon.AddSeconds(50), dryRun: false, cancellation);

        Assert.Equal((2, 50L, 1), (left, result.Lines, result.FilesRewritten));
        Assert.Equal(Identities(SomeLines.Every(70, firstHash: 50)), Found());
        // The file that the prune replaced stays for a vacuum; the one that it wrote first, for a version that was not the newest, is gone.
        Assert.Equal(2, Strays().Count());
    }

    private Thread Start(Action work)
    {
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception);
            }
        });
        thread.Start();
        return thread;
    }

    /// <summary>A clock that lets others act when it is asked for a certain time.</summary>
    private sealed class TimeAt(int call, Action meanwhile) : TimeProvider
    {
        private int asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (++asked == call)
                meanwhile();
            return base.GetUtcNow();
        }
    }

    /// <summary>A clock that lets others act the first times it is asked.</summary>
    private sealed class TimesAt(params Action[] meanwhile) : TimeProvider
    {
        private int asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (asked++ < meanwhile.Length)
                meanwhile[asked - 1]();
            return base.GetUtcNow();
        }
    }
}
