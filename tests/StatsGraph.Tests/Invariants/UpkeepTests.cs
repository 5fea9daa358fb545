using System.Globalization;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Invariants;

/// <summary>However a lake is compacted and vacuumed, and whoever else is at work, every answer is the one of a clean import.</summary>
public class UpkeepTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-22T17:00:00Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(300, 60)]
    [InlineData(301, 200)]
    [InlineData(302, 1_000_000)]
    public void Every_answer_is_the_same_before_and_after_compaction_and_vacuum(int seed, int rowsPerFile)
    {
        var log = RandomLog.Make(new RandomLogOptions(seed, 400, "Europe/Berlin", new DateOnly(2026, 10, 1)));
        using var clean = new SomeLake("Europe/Berlin", Now);
        var whole = clean.Write("access.log", log.ToBytes());
        clean.Ingest([whole]);
        using var pieces = new SomeLake("Europe/Berlin", Now).WithKeyOf(clean);
        foreach (var piece in log.Cut(seed))
            pieces.Ingest([pieces.Write(piece.Name, piece.Bytes)], linesPerCommit: 15);
        var lake = LakeTable.Open(pieces.Data);
        var files = lake.Snapshot().Files.Count;
        SetUnionTests.AssertSameAnswers(clean, pieces);

        lake.Compact(CompactionOptions.Full with { RowsPerFile = rowsPerFile }, TestContext.Current.CancellationToken);
        Assert.InRange(lake.Snapshot().Files.Count, 1, files / 2);
        SetUnionTests.AssertSameAnswers(clean, pieces);

        lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        Assert.Equal(lake.Snapshot().Files.Count, Directory.GetFiles(Path.Combine(pieces.Data, "lake", "site=radio")).Length);
        SetUnionTests.AssertSameAnswers(clean, pieces);

        var again = pieces.Ingest([whole, .. log.Cut(seed).Select(piece => pieces.Write(piece.Name, piece.Bytes))]);
        Assert.Equal(again.Lines, again.AlreadyIngested);
        SetUnionTests.AssertSameAnswers(clean, pieces);
    }

    [Fact]
    public async Task Processes_that_ingest_compact_and_vacuum_at_once_lose_nothing_and_double_nothing()
    {
        var log = RandomLog.Make(new RandomLogOptions(303, 600, "Europe/Berlin", new DateOnly(2026, 10, 1)));
        using var clean = new SomeLake("Europe/Berlin", Now);
        var whole = clean.Write("access.log", log.ToBytes());
        clean.Ingest([whole]);
        using var pieces = new SomeLake("Europe/Berlin", Now).WithKeyOf(clean);
        var paths = log.Cut(303).Select(piece => pieces.Write(piece.Name, piece.Bytes)).ToList();
        // A lake of many small files, so that the compactions have work while the ingests run.
        pieces.Ingest(paths[..(paths.Count / 2)], linesPerCommit: 5);

        await Task.WhenAll(
            pieces.IngestByCommandAsync(paths),
            pieces.RunCommandAsync("compact"),
            pieces.IngestByCommandAsync([whole]),
            pieces.RunCommandAsync("compact", "--site", "radio"),
            pieces.RunCommandAsync("vacuum", "--older-than", "0h"));

        SetUnionTests.AssertSameAnswers(clean, pieces);
    }

    [Fact]
    public async Task A_compaction_that_is_killed_at_any_moment_changes_nothing()
    {
        var log = RandomLog.Make(new RandomLogOptions(304, 400, "Europe/Berlin", new DateOnly(2026, 10, 1)));
        using var clean = new SomeLake("Europe/Berlin", Now);
        clean.Ingest([clean.Write("access.log", log.ToBytes())]);
        using var pieces = new SomeLake("Europe/Berlin", Now).WithKeyOf(clean);
        pieces.Ingest([pieces.Write("access.log", log.ToBytes())], linesPerCommit: 2);
        var dice = new Random(304);
        for (var i = 0; i < 5; i++)
        {
            using var compaction = pieces.StartCommand("compact");
            await Task.Delay(dice.Next(100, 900), TestContext.Current.CancellationToken);
            compaction.Kill();
            await compaction.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(log.Lines.Count, LakeTable.Open(pieces.Data).Snapshot().Files.Sum(file => file.Rows));
        }

        SetUnionTests.AssertSameAnswers(clean, pieces);
        await pieces.RunCommandAsync("compact");

        // What a killed compaction had merged is rewritten only into a file that is worth it: of those left, each is more than twice the ones after.
        var left = LakeTable.Open(pieces.Data).Snapshot().Files.Select(file => file.Rows).Order().ToList();
        for (var index = 1; index < left.Count; index++)
            Assert.True(left[index] > 2 * left[..index].Sum(), $"{string.Join(", ", left)} rows are not compact");
        SetUnionTests.AssertSameAnswers(clean, pieces);
    }
}
