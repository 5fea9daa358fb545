using System.Data;
using StatsGraph.Lake;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports;

/// <summary>One site at one version of the lake.</summary>
public sealed class SiteReports
{
    private readonly ReportStore store;
    private readonly LakeReports lake;
    private readonly SiteProfile profile;
    private readonly SiteLines lines;

    internal SiteReports(ReportStore store, LakeReports lake, SiteProfile profile, SiteLines lines) =>
        (this.store, this.lake, this.profile, this.lines) = (store, lake, profile, lines);

    /// <summary>Key.</summary>
    public string Key => profile.Key;

    /// <summary>Name for people.</summary>
    public string Name => profile.Name ?? profile.Key;

    /// <summary>IANA name of the site's zone.</summary>
    public string TimeZone => profile.TimeZone;

    /// <summary>Mounts that listeners ever tuned in to, in ordinal order.</summary>
    public Task<IReadOnlyList<string>> MountsAsync(CancellationToken cancellation) =>
        store.Facts.GetAsync(lines, () => ReadMountsAsync(cancellation));

    /// <summary>Latest stamp of an accepted line that is not in the future.</summary>
    public async Task<NodaTime.Instant?> DataThroughAsync(CancellationToken cancellation)
    {
        var step = Begin(FigureNames.DataThrough);
        var reading = store.DataEnds.OfAsync(lines, lake.Now, cancellation);
        var isKnown = reading.IsCompleted;
        var end = await reading;
        if (!isKnown)
            step?.End(lines.Rows, rows: 1);
        if (end.Next is { } next)
            lake.EndAnswersAt(next);
        return end.Through;
    }

    /// <summary>What became of every line.</summary>
    public Task<Intake> IntakeAsync(CancellationToken cancellation) =>
        store.Facts.GetAsync(lines, () => ReadIntakeAsync(cancellation));

    /// <summary>Resolves the request.</summary>
    /// <exception cref="ReportException">Period, zone, minimum duration or filter is wrong.</exception>
    public async Task<Report> ReportAsync(ReportRequest request, CancellationToken cancellation)
    {
        if (request.MinDuration < 0)
        {
            var text = FormattableString.Invariant($"{request.MinDuration}");
            throw new ReportException(ReportErrorCodes.MinDuration, $"'minDuration' is {text}; expected 0 seconds or more.", text);
        }

        request.Where.Check();
        var clock = ZoneClock.Of(request.TimeZone ?? profile.TimeZone);
        var period = PeriodResolver.Resolve(request.Period, clock, lake.Now, store.Options.MaximumYears);
        if (request.Period is PeriodRequest.Preset)
            lake.EndAnswersAt(clock.StartOf(clock.Date(lake.Now).PlusDays(1)));
        var scope = new ReportScope(
            new LakeRoad(store.Engine, token => lake.SessionsAsync(lines, profile, request.MinDuration, token)),
            period,
            request.Where.OfListeners(),
            await DataThroughAsync(cancellation),
            store.Options)
        {
            Trace = lake.Trace?.Of(Key),
        };
        return new Report(store.Engine, scope, lines, profile.MountAliases);
    }

    private async Task<IReadOnlyList<string>> ReadMountsAsync(CancellationToken cancellation)
    {
        var mounts = await ReadAsync(FigureNames.Mounts, "Sites/Mounts", record => record.GetString(0), cancellation);
        return mounts.Select(mount => profile.MountAliases.GetValueOrDefault(mount, mount))
            .Distinct()
            .Order(Comparer<string>.Create(SortOrder.CompareTexts))
            .ToList();
    }

    private async Task<Intake> ReadIntakeAsync(CancellationToken cancellation)
    {
        var counts = (await ReadAsync(
            FigureNames.Intake,
            "Sites/Intake",
            record => (Class: LineClassNames.Parse(record.GetString(0)), Lines: record.GetInt64(1)),
            cancellation)).ToDictionary(row => row.Class, row => row.Lines);
        var rejections = await ReadAsync(FigureNames.Rejections, "Sites/Rejections", ReadRejection, cancellation);
        return new Intake(
            counts.Values.Sum(),
            counts.GetValueOrDefault(LineClass.Blank),
            Enum.GetValues<LineClass>()
                .Where(lineClass => lineClass != LineClass.Blank)
                .Select(lineClass => new LineClassCount(lineClass, counts.GetValueOrDefault(lineClass)))
                .ToList(),
            rejections);
    }

    /// <summary>Runs a SQL text over the site's lines.</summary>
    private async Task<List<T>> ReadAsync<T>(string figure, string text, Func<IDataRecord, T> read, CancellationToken cancellation)
    {
        var step = Begin(figure);
        var rows = await store.Engine.QueryAsync(lines.Read(SqlText.Load(text)), read, cancellation);
        step?.End(lines.Rows, rows.Count);
        return rows;
    }

    private TraceStep? Begin(string figure) => lake.Trace?.Of(Key).Begin(figure, LakeRoad.Name);

    private static Rejection ReadRejection(IDataRecord record) =>
        new(record.GetString(0), record.GetInt64(1), record.GetValue(2) as List<string> ?? []);
}
