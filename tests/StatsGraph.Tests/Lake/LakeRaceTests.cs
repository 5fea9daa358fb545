using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

public sealed class LakeRaceTests : LakeTest
{
    private const int Writers = 6;
    private const int AppendsEach = 12;

    [Fact]
    public void Writers_that_append_overlapping_lines_at_once_end_with_the_union_and_nothing_twice()
    {
        var lines = SomeLines.Every(2000).Concat(SomeLines.Undated(50, firstHash: 10_000)).ToList();
        var added = 0;
        Race(writer =>
        {
            var lake = LakeTable.Open(Data);
            var random = new Random(writer);
            for (var i = 0; i < AppendsEach; i++)
            {
                var start = random.Next(lines.Count);
                Interlocked.Add(ref added, Append(lake, lines.Skip(start).Take(random.Next(1, 700)), new SourceProgress($"log-{writer}", i + 1, i)));
            }
            Interlocked.Add(ref added, Append(lake, lines));
        });

        Assert.Equal(Identities(lines), Found());
        Assert.Equal(lines.Count, added);
        Assert.Equal(LakeTable.Open(Data).Snapshot().Files, Lake.Snapshot().Files);
        Assert.All(Enumerable.Range(0, Writers), writer =>
            Assert.Equal(new SourceProgress($"log-{writer}", AppendsEach, AppendsEach - 1), Lake.Progress("radio", $"log-{writer}")));
        Assert.Empty(Strays());
    }

    [Fact]
    public void Threads_that_share_a_table_append_and_read_at_once()
    {
        Race(writer =>
        {
            for (var i = 0; i < AppendsEach; i++)
            {
                Append(SomeLines.Every(100, firstHash: 50 * i));
                var snapshot = Lake.Snapshot();
                Assert.True(snapshot.Files.All(file => File.Exists(file.Path)), $"a file of version {snapshot.Version} is missing");
            }
        });

        Assert.Equal(Identities(SomeLines.Every(50 * AppendsEach + 50)), Found());
        Assert.Empty(Strays());
    }

    [Fact]
    public void Each_version_is_one_writers_and_a_reader_sees_every_version_grow()
    {
        using var done = new CancellationTokenSource();
        var reader = new Thread(() =>
        {
            var rows = 0L;
            while (!done.IsCancellationRequested)
            {
                var now = Lake.Snapshot().Files.Sum(file => file.Rows);
                Assert.True(now >= rows, $"{now} rows after {rows}");
                rows = now;
            }
        });
        reader.Start();

        Race(writer =>
        {
            var lake = LakeTable.Open(Data);
            for (var i = 0; i < AppendsEach; i++)
                Assert.Equal(10, Append(lake, SomeLines.Every(10, firstHash: 1000 * writer + 10 * i)));
        });
        done.Cancel();
        reader.Join();

        Assert.Equal(Writers * AppendsEach - 1, Lake.Snapshot().Version);
        Assert.Equal(Writers * AppendsEach, Lake.Snapshot().Files.Count);
    }

    [Fact]
    public void Who_loses_a_race_leaves_out_what_the_winner_brought()
    {
        var result = AppendWhile(() => Append(SomeLines.Every(60)), SomeLines.Every(100).Skip(40));

        Assert.Equal(1, result.Version);
        Assert.Equal(Enumerable.Range(40, 60).Select(hash => hash >= 60), result.Added[0].Cast<bool>());
        Assert.Equal(Identities(SomeLines.Every(100)), Found());
        Assert.Equal([60, 40], Lake.Snapshot().Files.Select(file => file.Rows));
        Assert.Empty(Strays());
    }

    [Fact]
    public void Who_loses_all_of_its_lines_in_a_race_commits_nothing_and_leaves_no_file()
    {
        var result = AppendWhile(() => Append(SomeLines.Every(100)), SomeLines.Every(100).Skip(40));

        Assert.Equal(0, result.Version);
        Assert.DoesNotContain(true, result.Added[0].Cast<bool>());
        Assert.Equal(0, Lake.Snapshot().Version);
        Assert.Empty(Strays());
    }

    [Fact]
    public void Who_loses_a_race_against_other_lines_keeps_its_file()
    {
        string[] before = [];
        var result = AppendWhile(
            () =>
            {
                before = Directory.GetFiles(Table, "*.parquet", SearchOption.AllDirectories);
                Append(SomeLines.Every(60));
                Lake.Append("other", [SomeLines.Every(5).Batch()], [], CancellationToken.None);
            },
            SomeLines.Every(100, firstHash: 60), calls: 3);

        Assert.Equal(2, result.Version);
        Assert.Equal(100, result.Added[0].Cast<bool>().Count(isNew => isNew));
        Assert.Equal(Assert.Single(before), Lake.Snapshot().Files[2].Path);
        Assert.Empty(Strays());
    }

    /// <summary>Appends through a table of its own that asks for the time while it works: at a certain time it asks, others act.</summary>
    private AppendResult AppendWhile(Action meanwhile, IEnumerable<SomeLine> lines, int calls = 1)
        => LakeTable.Open(Data, new BusyTime(meanwhile, calls)).Append("radio", [lines.Batch()], [], CancellationToken.None);

    private sealed class BusyTime(Action meanwhile, int calls) : TimeProvider
    {
        private int asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (++asked == calls)
                meanwhile();
            return base.GetUtcNow();
        }
    }

    /// <summary>Runs the writers as threads that start together; what one of them throws fails the test.</summary>
    private static void Race(Action<int> write)
    {
        using var start = new Barrier(Writers);
        var failures = new List<Exception>();
        var threads = Enumerable.Range(0, Writers).Select(writer => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                write(writer);
            }
            catch (Exception exception)
            {
                lock (failures)
                    failures.Add(exception);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Empty(failures);
    }
}
