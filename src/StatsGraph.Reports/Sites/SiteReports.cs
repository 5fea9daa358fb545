using StatsGraph.Reports.Columns;
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

    internal SiteReports(ReportStore store, LakeReports lake, SiteProfile profile, SiteLines lines, SiteColumns? columns) =>
        (this.store, this.lake, this.profile, this.lines, Columns) = (store, lake, profile, lines, columns);

    /// <summary>Key.</summary>
    public string Key => profile.Key;

    /// <summary>Name for people.</summary>
    public string Name => profile.Name ?? profile.Key;

    /// <summary>IANA name of the site's zone.</summary>
    public string TimeZone => profile.TimeZone;

    /// <summary>Mounts that are one in every figure: from the mount in the log to the mount it counts as.</summary>
    public IReadOnlyDictionary<string, string> MountAliases => profile.MountAliases;

    /// <summary>Name of the channel that a mount is of.</summary>
    public Func<string, string> ChannelOf => profile.ChannelOf;

    /// <summary>Longest time that a play of no told duration counts for.</summary>
    public TimeSpan PlayCeiling => profile.PlayCeiling;

    /// <summary>Its sessions at that version; null where there are no columns of it.</summary>
    internal SiteColumns? Columns { get; }

    private SiteTrace? Trace => lake.Trace?.Of(Key);

    /// <summary>Mounts that listeners ever tuned in to, in ordinal order.</summary>
    public Task<IReadOnlyList<string>> MountsAsync(CancellationToken cancellation) =>
        store.Facts.GetAsync(lines, () => ReadMountsAsync(cancellation));

    /// <summary>Latest stamp of an accepted line that is not in the future.</summary>
    public async Task<NodaTime.Instant?> DataThroughAsync(CancellationToken cancellation)
    {
        var end = await store.DataEnds.OfAsync(lines, lake.Now, Trace, cancellation);
        if (end.Next is { } next)
            lake.EndAnswersAt(next);
        return end.Through;
    }

    /// <summary>What became of every line.</summary>
    public Task<Intake> IntakeAsync(CancellationToken cancellation) =>
        store.Facts.GetAsync(lines, () => store.IntakeFacts.IntakeAsync(lines, Trace, cancellation));

    /// <summary>What became of the lines with a stamp in a period, and of those that have none, by class and reason; classes without a line are left out.</summary>
    /// <param name="from">First instant, on a whole second.</param>
    /// <param name="to">First instant after the period, on a whole second.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public Task<IReadOnlyList<PeriodLines>> LinesAsync(NodaTime.Instant from, NodaTime.Instant to, CancellationToken cancellation) =>
        store.IntakeFacts.PeriodAsync(lines, new Run(from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds()), Trace, cancellation);

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
            RoadOf(request.MinDuration),
            period,
            request.Where.OfListeners(),
            await DataThroughAsync(cancellation),
            store.Options)
        {
            Trace = Trace,
        };
        return new Report(
            store.Engine, scope, lines, profile.MountAliases, token => store.Plays.OfAsync(lake.PlaysSnapshot, profile, token));
    }

    /// <summary>The way to the figures of sessions of a minimum duration.</summary>
    private IFigureRoad RoadOf(long minDuration) => Columns is { } columns
        ? store.ColumnRoads.Of(Key, columns, minDuration)
        : new LakeRoad(store.Engine, token => lake.SessionsAsync(lines, profile, minDuration, token));

    private async Task<IReadOnlyList<string>> ReadMountsAsync(CancellationToken cancellation) =>
        (await store.IntakeFacts.MountsAsync(lines, Trace, cancellation)).Select(mount => profile.MountAliases.GetValueOrDefault(mount, mount))
            .Distinct()
            .Order(Comparer<string>.Create(SortOrder.CompareTexts))
            .ToList();
}
