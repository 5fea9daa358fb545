using System.Globalization;
using System.Text.Json.Nodes;
using StatsGraph.Tests.Oracle;
using StatsGraph.Tests.Server;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Invariants;

/// <summary>
/// Cut a log at any line into files, import them in any order, plain or compressed, some twice, some also whole, in many runs, two at once:
/// every answer is the one of a clean import.
/// </summary>
public class SetUnionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-22T17:00:00Z", CultureInfo.InvariantCulture);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(100, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_answer_is_that_of_one_clean_import(int seed)
    {
        var log = RandomLog.Make(new RandomLogOptions(seed, 400, "Europe/Berlin", new DateOnly(2026, 10, 1), Unfinished: seed % 2 == 0));
        using var clean = new SomeLake("Europe/Berlin", Now);
        clean.Ingest([clean.Write("access.log", log.ToBytes())]);
        using var pieces = new SomeLake("Europe/Berlin", Now).WithKeyOf(clean);

        var dice = new Random(seed);
        var paths = log.Cut(seed).Select(piece => pieces.Write(piece.Name, piece.Bytes)).ToList();
        while (paths.Count > 0)
        {
            // One to three files a run, now and then two runs at once, and commits of a few lines so that files are committed in pieces.
            var runs = Enumerable.Range(0, dice.Next(1, 3)).Select(_ => Take(paths, dice)).Where(run => run.Count > 0).ToList();
            var commit = dice.Next(2) == 0 ? 50 : 1_000_000;
            await Task.WhenAll(runs.Select(run => Task.Run(() => pieces.Ingest(run, commit))));
        }

        AssertSameAnswers(clean, pieces);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    public async Task Every_answer_is_that_of_one_clean_import_also_for_processes_that_run_at_once(int seed)
    {
        var log = RandomLog.Make(new RandomLogOptions(seed, 600, "Europe/Berlin", new DateOnly(2026, 10, 1)));
        using var clean = new SomeLake("Europe/Berlin", Now);
        var whole = clean.Write("access.log", log.ToBytes());
        clean.Ingest([whole]);
        using var pieces = new SomeLake("Europe/Berlin", Now).WithKeyOf(clean);

        var paths = log.Cut(seed).Select(piece => pieces.Write(piece.Name, piece.Bytes)).ToList();
        await Task.WhenAll(
            pieces.IngestByCommandAsync([.. paths.Where((_, index) => index % 2 == 0)]),
            pieces.IngestByCommandAsync([.. paths.Where((_, index) => index % 2 == 1)]),
            pieces.IngestByCommandAsync([whole]));

        AssertSameAnswers(clean, pieces);
    }

    [Fact]
    public void Reading_a_log_again_changes_nothing_and_says_so()
    {
        var log = RandomLog.Make(new RandomLogOptions(7, 300, "Europe/Berlin", new DateOnly(2026, 10, 1)));
        using var lake = new SomeLake("Europe/Berlin", Now);
        using var once = new SomeLake("Europe/Berlin", Now);
        var path = lake.Write("access.log", log.ToBytes());
        var first = lake.Ingest([path]);
        once.WithKeyOf(lake).Ingest([path]);
        var second = lake.Ingest([path]);

        Assert.Equal(log.Lines.Count, first.Lines);
        Assert.Equal((0, log.Lines.Count, log.Lines.Count), (second.Blank, second.AlreadyIngested, second.Lines));
        Assert.All(second.Classes.Values, lines => Assert.Equal(0, lines));
        Assert.Equal(first.Lines, first.Blank + first.AlreadyIngested + first.Classes.Values.Sum());
        AssertSameAnswers(once, lake);
    }

    [Fact]
    public void A_log_that_grows_between_runs_is_the_log_read_at_its_end()
    {
        var log = RandomLog.Make(new RandomLogOptions(8, 300, "Europe/Berlin", new DateOnly(2026, 10, 1)));
        var bytes = log.ToBytes();
        using var clean = new SomeLake("Europe/Berlin", Now);
        clean.Ingest([clean.Write("access.log", bytes)]);
        using var growing = new SomeLake("Europe/Berlin", Now).WithKeyOf(clean);
        var dice = new Random(8);
        for (var length = 0; length < bytes.Length;)
        {
            // Anywhere, so also in the middle of a line, and between two equal ones.
            length = Math.Min(bytes.Length, length + dice.Next(1, 6_000));
            growing.Ingest([growing.Write("access.log", bytes[..length])]);
        }

        AssertSameAnswers(clean, growing);
    }

    [Fact]
    public void Daily_hours_sum_to_the_months_and_hours_of_any_zone_to_the_same_total()
    {
        var log = RandomLog.Make(new RandomLogOptions(9, 500, "Europe/Berlin", new DateOnly(2026, 10, 1)));
        using var lake = new SomeLake("Europe/Berlin", Now);
        lake.Ingest([lake.Write("access.log", log.ToBytes())]);

        const string Month = """
            query Q($zone: String!, $period: PeriodInput!) { site(key: "radio") { report(period: $period, timeZone: $zone) {
              totals { tuningHours sessions }
              days: timeSeries(interval: DAY) { buckets { metrics { tuningHours sessions } } }
              hours: timeSeries(interval: HOUR) { buckets { metrics { tuningHours sessions } } }
              hourlyVisits { tuningHours sessions }
            } } }
            """;
        var totals = new List<(long, long)>();
        foreach (var zone in new[] { "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC" })
        {
            var variables = JsonNode.Parse("""{ "period": { "instants": { "from": "2026-09-30T22:00:00Z", "to": "2026-10-31T23:00:00Z" } } }""")!.AsObject();
            variables["zone"] = zone;
            var report = lake.Ask(Month, variables)!["site"]!["report"]!;
            var total = Sums([report["totals"]!]);
            Assert.Equal(total, Sums(report["days"]!["buckets"]!.AsArray().Select(bucket => bucket!["metrics"]!)));
            Assert.Equal(total, Sums(report["hours"]!["buckets"]!.AsArray().Select(bucket => bucket!["metrics"]!)));
            Assert.Equal(total, Sums(report["hourlyVisits"]!.AsArray().Select(hour => hour!)));
            totals.Add(total);
        }

        Assert.Single(totals.Distinct());
        Assert.True(totals[0].Item1 > 0);
    }

    /// <summary>Asks every saved query of every month that the logs reach into.</summary>
    internal static void AssertSameAnswers(SomeLake expected, SomeLake actual)
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFolder.Path("queries"), "*.graphql").Order(StringComparer.Ordinal))
        {
            var document = File.ReadAllText(file);
            foreach (var month in new[] { "2026-09", "2026-10", "2026-11" })
            {
                var variables = new JsonObject { ["site"] = SomeLake.Site };
                if (document.Contains("$month", StringComparison.Ordinal))
                    variables["month"] = month;
                if (document.Contains("$from:", StringComparison.Ordinal))
                    (variables["from"], variables["to"]) = (month + "-01", month + "-28");
                JsonCompare.AssertEqual(expected.Ask(document, variables), actual.Ask(document, variables), Path.GetFileName(file));
            }
        }
    }

    private static List<string> Take(List<string> paths, Random dice)
    {
        var count = Math.Min(paths.Count, dice.Next(1, 4));
        var taken = paths[..count];
        paths.RemoveRange(0, count);
        return taken;
    }

    /// <summary>Whole listening seconds and sessions of some rows.</summary>
    private static (long Seconds, long Sessions) Sums(IEnumerable<JsonNode> rows)
    {
        var all = rows.ToList();
        return (all.Sum(row => (long)Math.Round(row["tuningHours"]!.GetValue<double>() * 3600)), all.Sum(row => row["sessions"]!.GetValue<long>()));
    }
}
