using NodaTime;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;

namespace StatsGraph.Reports.Plays;

/// <summary>
/// The figures of plays. A performance is a session that passes the report's filter and overlaps a play of its mount by more than nothing, both
/// half open; it belongs to the instant at which it begins, the later of both starts, so that the parts of a period add up to it. A row exists
/// when its play began in the period, or was on when that began.
/// </summary>
/// <param name="scope">The report.</param>
/// <param name="plays">The plays of the site.</param>
internal sealed class PlayFigures(ReportScope scope, SitePlays plays)
{
    private const long MillisecondsPerHour = 3_600_000;

    private readonly long from = scope.Period.Run.From * 1_000;
    private readonly long to = scope.Period.Run.To * 1_000;

    /// <summary>Hours of milliseconds.</summary>
    public static double Hours(long milliseconds) => (double)milliseconds / MillisecondsPerHour;

    /// <summary>A page of the plays.</summary>
    /// <exception cref="ReportException">The page size or a cursor is wrong, or there are too many rows.</exception>
    public async Task<Page<StreamPlay>> PlaysAsync(IReadOnlyList<Sort<PlayMetric>> order, PageRequest page, CancellationToken cancellation)
    {
        Pager.Check(page);
        var rows = (await RowsAsync(expand: false, cancellation)).Select(row => new StreamPlay(
            row.Play.Track,
            row.Play.Mount,
            row.Play.Mount is { } mount ? plays.ChannelOf(mount) : null,
            Instant.FromUnixTimeMilliseconds(row.Play.From),
            row.Play.IsOpen ? null : Duration.FromMilliseconds(row.Play.To - row.Play.From),
            row.Performances,
            row.Listening));
        return Pager.By("Plays", order, keys: 4).Cut(rows, row => SortKeyOf(row, order), page);
    }

    /// <summary>A page of the tracks.</summary>
    /// <param name="by">Which plays of a track are a row of their own.</param>
    /// <param name="order">The order.</param>
    /// <param name="page">The page.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ReportException">The page size or a cursor is wrong, or there are too many rows.</exception>
    public async Task<Page<TrackPerformances>> TracksAsync(
        TrackGrouping by, IReadOnlyList<Sort<TrackMetric>> order, PageRequest page, CancellationToken cancellation)
    {
        Pager.Check(page);
        var rows = await TracksAsync(by, cancellation);
        return Pager.By("Performances", order, keys: 7).Cut(rows, row => SortKeyOf(row, order), page);
    }

    /// <summary>All tracks, in no order.</summary>
    public async Task<List<TrackPerformances>> TracksAsync(TrackGrouping by, CancellationToken cancellation) =>
    [
        .. (await RowsAsync(expand: by != TrackGrouping.Track, cancellation))
            .GroupBy(row => (row.Play.Track, Channel: by == TrackGrouping.Track ? null : ChannelOf(row.Play), Mount: by == TrackGrouping.TrackAndMount ? row.Play.Mount : null))
            .Select(same => new TrackPerformances(
                same.Key.Track,
                same.Key.Channel,
                same.Key.Mount,
                same.GroupBy(row => ChannelOf(row.Play)).Sum(channel => Frequency(channel.Select(row => row.Play))),
                same.Sum(row => row.Performances),
                same.Sum(row => row.Listening))),
    ];

    private string? ChannelOf(TimedPlay play) => play.Mount is { } mount ? plays.ChannelOf(mount) : null;

    /// <summary>
    /// How often a channel played a track: its mounts carry one programme, which the playlist of each tells, and the one that tells most plays has missed
    /// the fewest.
    /// </summary>
    private long Frequency(IEnumerable<TimedPlay> played)
        => played.GroupBy(play => play.Mount, StringComparer.Ordinal).Max(mount => mount.LongCount(play => play.From >= from));

    private async Task<List<(TimedPlay Play, long Performances, long Listening)>> RowsAsync(bool expand, CancellationToken cancellation)
    {
        var mounts = await scope.Road.SpansAsync(scope, cancellation);
        var step = scope.Trace?.Begin(FigureNames.Performances, "plays");
        var all = new Lazy<MountSpans>(() => MountSpans.Of([.. mounts.Values]));
        var none = new MountSpans([], []);
        var rows = new List<(TimedPlay, long, long)>();
        foreach (var play in plays.Touching(from, to).Where(IsAskedFor).SelectMany(play => Expanded(play, expand, mounts)))
        {
            cancellation.ThrowIfCancellationRequested();
            var spans = play.Mount is null ? all.Value : mounts.GetValueOrDefault(play.Mount, none);
            rows.Add((play, spans.Performances(play, from, to), spans.Listening(play, from, to)));
            if (rows.Count > scope.Options.MaximumGroups)
            {
                throw new ReportException(
                    ReportErrorCodes.TooManyGroups,
                    $"There are more than {scope.Options.MaximumGroups} plays: narrow the period.",
                    limit: scope.Options.MaximumGroups);
            }
        }

        step?.End(plays.Plays.Count, rows.Count);
        return rows;
    }

    private static IEnumerable<TimedPlay> Expanded(TimedPlay play, bool expand, IReadOnlyDictionary<string, MountSpans> mounts)
        => expand && play.Mount is null ? mounts.Keys.Select(mount => play with { Mount = mount }) : [play];

    /// <summary>Whether the filter of sessions lets those of the play's mount pass; other fields a play does not have.</summary>
    private bool IsAskedFor(TimedPlay play)
        => play.Mount is null || scope.Where.Without([.. Enum.GetValues<SessionField>().Where(field => field != SessionField.Mount)])
            .Passes(_ => play.Mount);

    private static SortKey SortKeyOf(StreamPlay row, IReadOnlyList<Sort<PlayMetric>> order) => new(
    [
        .. order.Select(sort => (object?)(sort.By switch
        {
            PlayMetric.Performances => row.Performances,
            PlayMetric.TuningHours => row.ListeningMilliseconds,
            PlayMetric.Artist => row.Track.Artist,
            PlayMetric.Title => row.Track.Title,
            _ => row.Start.ToUnixTimeMilliseconds(),
        })),
        row.Start.ToUnixTimeMilliseconds(),
        row.Mount,
        row.Track.Artist,
        row.Track.Title,
    ]);

    private static SortKey SortKeyOf(TrackPerformances row, IReadOnlyList<Sort<TrackMetric>> order) => new(
    [
        .. order.Select(sort => (object?)(sort.By switch
        {
            TrackMetric.Plays => row.Plays,
            TrackMetric.TuningHours => row.ListeningMilliseconds,
            TrackMetric.Artist => row.Track.Artist,
            TrackMetric.Title => row.Track.Title,
            _ => row.Performances,
        })),
        row.Track.Artist,
        row.Track.Title,
        row.Track.Album,
        row.Track.Label,
        row.Track.Isrc,
        row.Channel,
        row.Mount,
    ]);
}
