using System.Globalization;
using System.Text.Json.Nodes;
using StatsGraph.Configuration;
using StatsGraph.Lake;
using StatsGraph.Tests.Lake;
using StatsGraph.Tests.Oracle;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Invariants;

/// <summary>
/// A prune takes out what is old and nothing else: every figure of every period from the cut-off on stays what it was, whatever zone, filter
/// and minimum duration it is asked with, and of the sessions before it those are left whose visit goes on.
/// </summary>
public sealed class PruneTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-12-20T17:00:00Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1, "Europe/Berlin", "2026-10-01", 1_000_000)]
    [InlineData(2, "Europe/Berlin", "2026-10-25", 40)]
    [InlineData(3, "America/New_York", "2026-11-01", 70)]
    [InlineData(4, "Australia/Lord_Howe", "2026-10-04", 150)]
    [InlineData(5, "Asia/Kathmandu", "2026-10-12", 25)]
    public void Figures_from_the_cut_off_on_stay_and_what_is_old_is_gone(int seed, string zone, string day, int linesPerCommit)
    {
        var from = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var cutoff = DateTimeOffset.FromUnixTimeSeconds(new OracleZone(zone).StartOf(from));
        byte[] log =
        [
            .. RandomLog.Make(new RandomLogOptions(seed, 900, zone, new DateOnly(2026, 9, 1), Months: 3)).ToBytes(),
            .. Chains(seed, cutoff.ToUnixTimeSeconds()),
        ];
        using var whole = new SomeLake(zone, Now);
        whole.Ingest([whole.Write("access.log", log)]);
        using var pruned = new SomeLake(zone, Now).WithKeyOf(whole);
        pruned.Ingest([pruned.Write("access.log", log)], linesPerCommit);
        var (lake, cancellation) = (LakeTable.Open(pruned.Data), TestContext.Current.CancellationToken);
        if (seed % 2 == 0)
            lake.Compact(CompactionOptions.Full, cancellation);

        var expected = Left(Rows(whole), cutoff.ToUnixTimeSeconds());
        var told = lake.Prune(SomeLake.Site, cutoff, dryRun: true, cancellation);
        Assert.Equal(Rows(whole).Order(), Rows(pruned).Order());
        var result = lake.Prune(SomeLake.Site, cutoff, dryRun: false, cancellation);

        Assert.Equal(expected, Rows(pruned).Where(row => row.End is not null).Order());
        Assert.Equal(expected.Count(row => row.End < cutoff.ToUnixTimeSeconds()), result.KeptForVisits);
        Assert.True(result.KeptForVisits > 0 && result.Lines > 100, $"{result}");
        Assert.Equal(Rows(whole).Count - Rows(pruned).Count, result.Lines);
        Assert.Equal(result with { Bytes = 0 }, told with { Bytes = 0 });
        Assert.Equal(
            PruneResult.Nothing with { KeptForVisits = result.KeptForVisits }, lake.Prune(SomeLake.Site, cutoff, dryRun: false, cancellation));
        AssertSameAnswers(whole, pruned, from, seed);
    }

    [Fact]
    public async Task A_prune_beside_ingests_and_compactions_loses_nothing_that_is_young()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var cutoff = DateTimeOffset.FromUnixTimeSeconds(new OracleZone("Europe/Berlin").StartOf(new DateOnly(2026, 9, 11)));
        var log = RandomLog.Make(new RandomLogOptions(77, 900, "Europe/Berlin", new DateOnly(2026, 9, 1), Months: 3));
        using var whole = new SomeLake("Europe/Berlin", Now);
        whole.Ingest([whole.Write("access.log", log.ToBytes())]);
        using var busy = new SomeLake("Europe/Berlin", Now).WithKeyOf(whole);
        var paths = log.Cut(77).Select(piece => busy.Write(piece.Name, piece.Bytes)).ToList();
        var pruning = true;
        var prunes = Task.Run(
            () =>
            {
                while (Volatile.Read(ref pruning))
                    LakeTable.Open(busy.Data).Prune(SomeLake.Site, cutoff, dryRun: false, cancellation);
            },
            cancellation);
        var compactions = Task.Run(
            () =>
            {
                while (Volatile.Read(ref pruning))
                    Assert.Empty(LakeTable.Open(busy.Data).Compact(CompactionOptions.Full, cancellation).Failures);
            },
            cancellation);
        var halves = paths.Select((path, index) => (path, index)).GroupBy(piece => piece.index % 2, piece => piece.path);
        await Task.WhenAll(halves.Select(half => Task.Run(() => busy.Ingest([.. half], 60), cancellation)));
        Volatile.Write(ref pruning, false);
        await Task.WhenAll(prunes, compactions);

        var young = Rows(whole).Where(row => row.End >= cutoff.ToUnixTimeSeconds()).Order();
        Assert.Equal(young, Rows(busy).Where(row => row.End >= cutoff.ToUnixTimeSeconds()).Order());
    }

    [Theory]
    [InlineData("24mo", "Europe/Berlin", "2026-11-22T23:30:00Z", "2024-11-22T23:00:00Z")] // the 23rd there already
    [InlineData("1mo", "America/New_York", "2026-03-31T12:00:00Z", "2026-02-28T05:00:00Z")]
    [InlineData("1y", "UTC", "2024-02-29T12:00:00Z", "2023-02-28T00:00:00Z")]
    [InlineData("7d", "Asia/Kathmandu", "2026-11-22T18:20:00Z", "2026-11-15T18:15:00Z")]
    [InlineData("36h", "UTC", "2026-11-22T06:00:00Z", "2026-11-20T00:00:00Z")]
    [InlineData("9999mo", "UTC", "2026-11-22T06:00:00Z", "1193-08-22T00:00:00Z")]
    [InlineData("9999y", "UTC", "2026-11-22T06:00:00Z", "0001-01-01T00:00:00Z")]
    public void The_cut_off_is_the_start_of_a_day_of_the_sites_zone(string age, string zone, string now, string cutoff)
        => Assert.Equal(Instant(cutoff), Retention.Parse(age).Cutoff(Instant(now), zone));

    [Theory]
    [InlineData("0mo")]
    [InlineData("23h")]
    public void A_retention_is_a_day_or_more(string age)
        => Assert.Equal($"'{age}' is less than a day; expected 1d or more, such as 24mo",
            Assert.Throws<FormatException>(() => Retention.Parse(age)).Message);

    /// <summary>
    /// Sessions of a few listeners and a bot from days before the cut-off to behind it, with breaks of 30 minutes and a second less, some long,
    /// some of no time, some that begin within another.
    /// </summary>
    private static byte[] Chains(int seed, long cutoff)
    {
        var random = new Random(seed);
        var lines = new List<LogLine>();
        for (var owner = 0; owner < 12; owner++)
        {
            var start = cutoff - random.Next(4 * 86_400);
            while (start < cutoff + 7_200)
            {
                int[] durations = [0, 0, 60, 600, 3_600, 20_000];
                var duration = durations[random.Next(durations.Length)];
                lines.Add(new LogLine
                {
                    Address = $"81.2.69.{owner}",
                    Agent = owner % 4 == 0 ? "curl/8.5.0" : "Winamp/5.9",
                    EndedAt = start + duration,
                    Bytes = "999999999",
                    Duration = $"{duration}",
                });
                start += duration + (random.Next(12) == 0 ? 1_800 : random.Next(3) == 0 ? 1_799 : -Math.Min(duration, random.Next(900)) + 900);
            }
        }

        return [.. lines.OrderBy(line => line.EndedAt).SelectMany(line => line.ToBytes().Append((byte)'\n'))];
    }

    /// <summary>The dated rows that must be left, by trying every session of every visit.</summary>
    private static List<Row> Left(List<Row> rows, long cutoff)
    {
        var left = rows.Where(row => row.End >= cutoff).ToList();
        foreach (var owner in rows.Where(row => row.Class is "listener" or "relay" or "bot").GroupBy(row => (row.Class, row.Listener)))
        {
            var (visit, latest) = (new List<Row>(), long.MinValue);
            foreach (var session in owner.OrderBy(row => row.Start).ThenBy(row => row.End))
            {
                if (visit.Count > 0 && session.Start - latest >= 1_800)
                {
                    left.AddRange(Kept(visit, cutoff));
                    visit = [];
                    latest = long.MinValue;
                }

                visit.Add(session);
                latest = Math.Max(latest, session.End!.Value);
            }

            left.AddRange(Kept(visit, cutoff));
        }

        left.Sort();
        return left;
    }

    private static IEnumerable<Row> Kept(List<Row> visit, long cutoff)
        => visit.Exists(session => session.End >= cutoff) ? visit.Where(session => session.End < cutoff) : [];

    private static void AssertSameAnswers(SomeLake expected, SomeLake actual, DateOnly from, int seed)
    {
        // Each log is asked another eighth of the questions.
        var asked = new HashSet<string>();
        foreach (var query in OracleQueries.All(new OracleScenario(SomeLake.Site, from, from.AddDays(3))).Where((_, index) => index % 8 == seed % 8))
        {
            if (query.Document.Contains("comparedTo", StringComparison.Ordinal) || !query.Document.Contains("$period", StringComparison.Ordinal))
                continue;
            // In another zone the day of the cut-off begins before it.
            var variables = query.Variables.DeepClone().AsObject();
            var first = variables.ContainsKey("timeZone") ? from.AddDays(2) : from;
            variables["period"] = JsonNode.Parse($$"""{ "days": { "from": "{{first:yyyy-MM-dd}}", "to": "{{from.AddDays(28):yyyy-MM-dd}}" } }""");
            if (variables.ContainsKey("after") || variables.ContainsKey("before") || !asked.Add(query.Document + variables))
                continue;
            JsonCompare.AssertEqual(expected.Ask(query.Document, variables), actual.Ask(query.Document, variables), query.Name);
        }

        Assert.True(asked.Count > 15, $"{asked.Count}");
    }

    private static List<Row> Rows(SomeLake lake) =>
    [
        .. new SpecDeltaReader(Path.Combine(lake.Data, "lake")).QueryLines(
            "select class, listener, epoch_us(started_at) // 1000000, epoch_us(ended_at) // 1000000, line_hash, ordinal from lines")
        .Select(row => new Row((string)row[0]!, (long?)row[1], (long?)row[2], (long?)row[3], (long)row[4]!, (int)row[5]!)),
    ];

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Row(string Class, long? Listener, long? Start, long? End, long Hash, int Ordinal) : IComparable<Row>
    {
        public int CompareTo(Row? other) => (Hash, Ordinal).CompareTo((other!.Hash, other.Ordinal));
    }
}
