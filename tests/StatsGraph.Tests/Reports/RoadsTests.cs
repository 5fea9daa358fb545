using NodaTime;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Plays;
using StatsGraph.Reports.Rollups;
using StatsGraph.Reports.Scans;
using StatsGraph.Reports.Sessions;
using StatsGraph.Tests.Some;
using Interval = StatsGraph.Reports.Periods.Interval;

namespace StatsGraph.Tests.Reports;

/// <summary>SQL, columns and rollups give the very same figures, whatever is asked.</summary>
public sealed class RoadsTests : IDisposable
{
    private static readonly long Monday = DateTimeOffset.Parse("2026-10-19T00:00:00Z", null).ToUnixTimeSeconds();

    private readonly QueryEngine engine = new("256MB");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        engine.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(1, 40, 14)]
    [InlineData(2, 300, 14)]
    [InlineData(3, 1_500, 14)]
    [InlineData(4, 700, 9)]
    [InlineData(5, 5, 3)]
    [InlineData(6, 6_000, 2)]
    public async Task All_roads_lead_to_the_same_figures(int seed, int count, int days)
    {
        var random = new Random(seed);
        var sessions = SomeSessions.Make(seed, count, Monday, days);
        var lines = await SomeSessions.WriteAsync(engine, Path.Combine(folder.FullName, "sessions.parquet"), sessions);
        var texts = new SiteTexts();
        var writer = new SiteColumnsWriter(texts, maxRows: 64);
        writer.Add(SomeSessions.Rows(sessions, texts), Cancellation);
        var (tables, lenses, roads) = (new SessionTables(engine), new SiteLenses(), new ColumnRoads());

        for (var turn = 0; turn < 36; turn++)
        {
            var minDuration = turn % 3 == 0 ? random.Next(3) * 300 : 0;
            var lake = new LakeRoad(
                engine, async token => (await tables.UseAsync(lines, new Dictionary<string, string>(), minDuration, token)).Name);
            var columns = new ColumnRoad(writer.Columns, minDuration, lenses, new ScanPlaces());
            await CompareAsync(random, lake, columns, turn % 2 == 0 ? roads.Of("radio", writer.Columns, minDuration) : columns, $"turn {turn}");
        }
    }

    private static async Task CompareAsync(Random random, LakeRoad lake, ColumnRoad columns, IFigureRoad other, string turn)
    {
        var period = SomePeriod(random);
        var scope = new ReportScope(
            lake,
            period,
            (random.Next(2) == 0 ? null : SomeCondition(random, 2)).OfListeners(),
            random.Next(4) == 0 ? null : Instant.FromUnixTimeSeconds(Monday + random.Next(20 * 86_400)),
            new ReportOptions());
        var (cut, labels) = SomeCut(random, period);
        var totals = await lake.TotalsAsync(scope, cut, null, Cancellation);
        AssertEqual(totals, await other.TotalsAsync(scope, cut, null, Cancellation), $"{turn} totals");

        var page = random.Next(2) == 0 ? null : totals.Keys.Where(_ => random.Next(3) > 0).ToList();
        var p = random.Next(3) switch { 0 => 0.5, 1 => random.NextDouble(), _ => random.Next(2) };
        var listeners = Wanted(await lake.ListenersAsync(scope, cut, page, Cancellation), page);
        AssertEqual(listeners, Wanted(await other.ListenersAsync(scope, cut, page, Cancellation), page), $"{turn} listeners");
        AssertEqual(
            listeners,
            Wanted(ListenersScan.Run(await columns.ScanAsync(scope, Cancellation), cut, page, Cancellation, mostSetBytes: 0), page),
            $"{turn} listeners without sets");
        AssertEqual(
            Wanted(await lake.QuantilesAsync(scope, cut, page, p, Cancellation), page),
            Wanted(await other.QuantilesAsync(scope, cut, page, p, Cancellation), page),
            $"{turn} quantile {p:R}");
        AssertEqual(
            Wanted(await lake.ListenerQuartersAsync(scope, cut, page, Cancellation), page),
            Wanted(await other.ListenerQuartersAsync(scope, cut, page, Cancellation), page),
            $"{turn} quarter hours");
        AssertEqual(
            Wanted(await lake.PeaksAsync(scope, cut, page, Cancellation), page), Wanted(await other.PeaksAsync(scope, cut, page, Cancellation), page),
            $"{turn} peaks");

        var ranking = new Ranking(random.Next(2) == 0 ? null : SomeHaving(random), labels, 1_000_000);
        AssertEqual(
            Ranked(await lake.RankedAsync(scope, cut, ranking, Cancellation)), Ranked(await other.RankedAsync(scope, cut, ranking, Cancellation)),
            $"{turn} ranked");
        AssertEqual(
            Counted(await lake.SpansAsync(scope, Cancellation), period), Counted(await other.SpansAsync(scope, Cancellation), period), $"{turn} spans");
        string[] networks = ["AS64500", "AS15169", "AS1"];
        AssertEqual(
            await lake.NetworkNamesAsync(scope, networks, Cancellation), await other.NetworkNamesAsync(scope, networks, Cancellation), $"{turn} network names");
    }

    /// <summary>What spans are asked: plays of all lengths, from before the period to after it.</summary>
    private static Dictionary<string, string> Counted(Dictionary<string, MountSpans> spans, CalendarPeriod period)
    {
        var (from, to) = (period.Run.From * 1_000, period.Run.To * 1_000);
        List<TimedPlay> plays = [.. Enumerable.Range(-2, 12).SelectMany(place => new[] { 0, 1, 999, 60_000, 900_000, 90_000_000 }
            .Select(length => new TimedPlay(new Track(null, null, null, null, null), null, from + (place * (to - from) / 8), from + (place * (to - from) / 8) + length, false)))
            .Where(play => play.From < to && (play.From >= from || play.To > from))];
        return spans.ToDictionary(mount => mount.Key, mount => $"{mount.Value.Count}: " + string.Join(' ', plays.Select(play =>
            $"{mount.Value.Performances(play, from, to)}/{mount.Value.Listening(play, from, to)}")));
    }

    private static Dictionary<RowKey, Totals> Ranked(List<GroupTotals> groups) => groups.ToDictionary(group => group.Row, group => group.Totals);

    private static Dictionary<RowKey, T> Wanted<T>(Dictionary<RowKey, T> rows, List<RowKey>? page)
        => page is null ? rows : rows.Where(row => page.Contains(row.Key)).ToDictionary();

    private static void AssertEqual<TKey, T>(Dictionary<TKey, T> expected, Dictionary<TKey, T> actual, string what)
        where TKey : notnull
    {
        static IEnumerable<string> Lines(Dictionary<TKey, T> rows) => rows
            .Select(row => string.Create(null, stackalloc char[512], $"{row.Key} {(row.Value is double number ? number.ToString("R") : row.Value)}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal($"{what}\n{string.Join('\n', Lines(expected))}", $"{what}\n{string.Join('\n', Lines(actual))}");
    }

    private static CalendarPeriod SomePeriod(Random random)
    {
        string[] zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
        var clock = ZoneClock.Of(zones[random.Next(zones.Length)]);
        var now = Instant.FromUnixTimeSeconds(Monday + (30 * 86_400));
        var day = new LocalDate(2026, 10, 18).PlusDays(random.Next(12));
        var noon = (random.Next(12) * 86_400L) + 43_200;
        PeriodRequest request = random.Next(6) switch
        {
            0 => new PeriodRequest.Month("2026-10"),
            1 => new PeriodRequest.Days(day, day.PlusDays(1 + random.Next(9))),
            2 => new PeriodRequest.Days(new LocalDate(2026, 1, 1), new LocalDate(2027, 1, 1)),
            3 => new PeriodRequest.Instants(Second(random.Next(86_400 * 9)), Second((86_400 * 9) + 1 + random.Next(86_400 * 9))),
            4 => new PeriodRequest.Instants(Second(noon), Second(noon + 1 + random.Next(1_800))),
            _ => new PeriodRequest.Instants(Second(random.Next(800) * 900), Second((800 + random.Next(800)) * 900)),
        };
        return PeriodResolver.Resolve(request, clock, now, 10);
        static Instant Second(long second) => Instant.FromUnixTimeSeconds(Monday - 86_400 + second);
    }

    private static (RowCut Cut, IReadOnlyList<string>? Labels) SomeCut(Random random, CalendarPeriod period)
    {
        Dimension[] values =
        [
            Dimension.Mount, Dimension.EntryMount, Dimension.Country, Dimension.Region, Dimension.City, Dimension.Referrer, Dimension.Player,
            Dimension.Network,
        ];
        var days = (period.To - period.From).TotalDays;
        switch (random.Next(5))
        {
            case 0:
                return (RowCut.OfTimes(TimeKeys.Whole(period.Run)), null);
            case 1:
                Interval[] widths = days > 40 ? [Interval.Week, Interval.Month, Interval.Day] : [Interval.QuarterHour, Interval.Hour, Interval.Day];
                return (RowCut.OfTimes(TimeKeys.OfBuckets([.. Buckets.Cut(widths[random.Next(widths.Length)], period)])), null);
            case 2:
                return (RowCut.OfTimes(TimeKeys.OfHours(period)), null);
            default:
                var by = values.Where(_ => random.Next(4) == 0).Take(3).ToList();
                if (by.Count < 3 && random.Next(2) == 0)
                    by.Insert(0, new[] { Dimension.Date, Dimension.HourOfDay, Dimension.DayOfWeek, Dimension.Month }[random.Next(4)]);
                if (by.Count == 0)
                    by.Add(Dimension.Mount);
                var times = TimeDimensions.Cut(period, by);
                return (
                    new RowCut(times.Keys, by.Where(dimension => !TimeDimensions.IsTime(dimension)).ToList()),
                    TimeDimensions.IsTime(by[0]) ? times.Values(by[0]).ToList() : null);
        }
    }

    private static Condition<SessionField> SomeCondition(Random random, int depth)
    {
        if (depth > 0 && random.Next(3) == 0)
        {
            var parts = Enumerable.Range(0, random.Next(3)).Select(_ => SomeCondition(random, depth - 1)).ToList();
            return random.Next(2) == 0 ? new Condition<SessionField>.All(parts) : new Condition<SessionField>.Any(parts);
        }

        var field = (SessionField)random.Next(11);
        if (field is SessionField.DurationSeconds or SessionField.HourOfDay)
        {
            Operator[] operators =
            [
                Operator.Equal, Operator.NotEqual, Operator.In, Operator.NotIn, Operator.Greater, Operator.GreaterOrEqual, Operator.Less,
                Operator.LessOrEqual,
            ];
            var number = operators[random.Next(operators.Length)];
            object? Value() => random.Next(9) switch { 0 => -1L, 1 => long.MaxValue, 2 => long.MinValue, 3 => 0L, _ => (long)random.Next(field == SessionField.HourOfDay ? 25 : 3_600) };
            return new Condition<SessionField>.Compare(field, number, number is Operator.In or Operator.NotIn ? [Value(), Value()] : [Value()]);
        }

        string[] texts = field == SessionField.Kind ? ["listener", "relay", "bot"]
            : ["/a", "/live", "/ä", "DE", "US", "", "Munich", "Zürich", "u", "VLC", "Mozilla", "google.com", "e", "Texas"];
        string Text() => texts[random.Next(texts.Length)];
        return field == SessionField.Kind
            ? new Condition<SessionField>.Compare(field, (Operator)random.Next(4), [Text()])
            : (Operator)random.Next(10) switch
            {
                Operator.Equal or Operator.NotEqual => new Condition<SessionField>.Compare(
                    field, random.Next(2) == 0 ? Operator.Equal : Operator.NotEqual, [random.Next(5) == 0 ? null : Text()]),
                Operator.In or Operator.NotIn => new Condition<SessionField>.Compare(
                    field, random.Next(2) == 0 ? Operator.In : Operator.NotIn, random.Next(4) == 0 ? [Text(), null] : [Text(), Text(), Text()]),
                var other => new Condition<SessionField>.Compare(field, other, [Text()]),
            };
    }

    private static Condition<GroupField> SomeHaving(Random random) => random.Next(5) switch
    {
        0 => new Condition<GroupField>.Compare(GroupField.Sessions, Operator.GreaterOrEqual, [(long)random.Next(10)]),
        1 => new Condition<GroupField>.Compare(GroupField.Visits, Operator.Less, [(long)random.Next(10)]),
        2 => new Condition<GroupField>.Compare(GroupField.TuningHours, Operator.Greater, [random.NextDouble() * 10]),
        3 => new Condition<GroupField>.Compare(GroupField.Key, Operator.NotContains, ["a"]),
        _ => new Condition<GroupField>.Any(
        [
            new Condition<GroupField>.Compare(GroupField.Key, Operator.In, ["/a", "DE", null, "2026-10-20", "7"]),
            new Condition<GroupField>.Compare(GroupField.TuningHours, Operator.LessOrEqual, [1.5]),
        ]),
    };
}
