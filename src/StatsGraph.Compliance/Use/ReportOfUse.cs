using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Plays;

namespace StatsGraph.Compliance.Use;

/// <summary>What a report of use is asked for.</summary>
/// <param name="Service">Name of the service, and its call letters where it has some.</param>
/// <param name="Category">Code of the transmission category; see <see cref="ReportOfUse.Categories"/>.</param>
/// <param name="Period">The reporting period, in the site's zone: a calendar month, of eligible minimum fee webcasters weeks (37 CFR 370.4(d)(3)).</param>
/// <param name="ByHours">Aggregate tuning hours, channel and play frequency in place of actual total performances.</param>
public sealed record ReportOfUseRequest(string Service, char Category, CompliancePeriod Period, bool ByHours);

/// <summary>A row of a report of use.</summary>
/// <param name="Track">The recording; fields that the playlists do not tell are null, and so is what is no ISRC.</param>
/// <param name="Performances">Actual total performances within the United States.</param>
/// <param name="Channel">The channel, in a report by hours; else null.</param>
/// <param name="ChannelHours">Aggregate tuning hours of the channel within the United States, in a report by hours; else 0.</param>
/// <param name="PlayFrequency">Plays that began in the period.</param>
/// <param name="Missing">What is required and was not told, in words.</param>
public sealed record ReportOfUseRow(
    Track Track, long Performances, string? Channel, double ChannelHours, long PlayFrequency, IReadOnlyList<string> Missing);

/// <summary>
/// A report of use of sound recordings, 37 CFR 370.4: each recording that was performed to listeners within the United States in a period. A listener
/// whose country is not known is none of them, and is told apart. Nothing is made up: what the playlists do not tell stays empty.
/// </summary>
public sealed record ReportOfUse
{
    /// <summary>Codes of the transmission categories.</summary>
    public const string Categories = ReportOfUseRules.Categories;

    /// <summary>What it was asked for.</summary>
    public required ReportOfUseRequest Request { get; init; }

    /// <summary>The period, and how far the data reach.</summary>
    public required ResolvedPeriod Period { get; init; }

    /// <summary>The rows, by artist, title, album, label, ISRC and channel.</summary>
    public required IReadOnlyList<ReportOfUseRow> Rows { get; init; }

    /// <summary>Performances to listeners whose country is not known: in no row.</summary>
    public required long UnknownCountry { get; init; }

    /// <summary>Performances to listeners elsewhere: in no row.</summary>
    public required long Abroad { get; init; }

    /// <summary>Recordings that were played to nobody within the United States: in no row of a report by performances.</summary>
    public required long Unheard { get; init; }

    /// <summary>Performances of all rows.</summary>
    public long Performances => Rows.Sum(row => row.Performances);

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<string> Columns => Request.ByHours ? ReportOfUseRules.ColumnsByHours : ReportOfUseRules.ColumnsByPerformances;

    /// <summary>Makes the report of a site.</summary>
    /// <exception cref="ReportException">The period is longer than is allowed, or there are too many plays.</exception>
    /// <exception cref="Lake.LakeException">The lake cannot be read.</exception>
    public static async Task<ReportOfUse> OfAsync(SiteReports site, ReportOfUseRequest request, CancellationToken cancellation)
    {
        var within = await site.ReportAsync(Asked(request.Period, Country([.. ReportOfUseRules.Territory])), cancellation);
        var unknown = await site.ReportAsync(Asked(request.Period, Country([null])), cancellation);
        var everywhere = await site.ReportAsync(Asked(request.Period, where: null), cancellation);
        var tracks = await within.AllPerformancesAsync(request.ByHours ? TrackGrouping.TrackAndChannel : TrackGrouping.Track, cancellation);
        var unknownPerformances = Sum(await unknown.AllPerformancesAsync(TrackGrouping.Track, cancellation));
        var all = Sum(await everywhere.AllPerformancesAsync(TrackGrouping.Track, cancellation));
        var seconds = request.ByHours ? await ListeningAsync(within, site.ChannelOf, cancellation) : [];
        var rows = tracks.Where(track => request.ByHours ? track.Plays > 0 : track.Performances > 0).Select(track => Row(track, seconds));
        return new ReportOfUse
        {
            Request = request,
            Period = within.Period,
            Rows = [.. rows.OrderBy(Key, StringComparer.Ordinal)],
            UnknownCountry = unknownPerformances,
            Abroad = all - unknownPerformances - Sum(tracks),
            Unheard = request.ByHours ? 0 : tracks.Count(track => track.Performances == 0),
        };
    }

    private static ReportRequest Asked(CompliancePeriod period, Condition<SessionField>? where) => new(period.Request, TimeZone: null, MinDuration: 0, where);

    private static Condition<SessionField> Country(IReadOnlyList<object?> codes)
        => new Condition<SessionField>.Compare(SessionField.Country, Operator.In, codes);

    private static long Sum(IEnumerable<TrackPerformances> tracks) => tracks.Sum(track => track.Performances);

    /// <summary>Seconds of listening by channel.</summary>
    private static async Task<Dictionary<string, long>> ListeningAsync(Report report, Func<string, string> channelOf, CancellationToken cancellation)
    {
        var seconds = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var mount in ReportSlice.GroupsAsync(report, [Dimension.Mount], cancellation))
        {
            var channel = channelOf(mount.Keys[0].Value ?? "");
            seconds[channel] = seconds.GetValueOrDefault(channel) + await mount.Metrics.ListeningSecondsAsync(cancellation);
        }

        return seconds;
    }

    private static ReportOfUseRow Row(TrackPerformances track, Dictionary<string, long> seconds) => new(
        ReportOfUseRules.IsIsrc(track.Track.Isrc) ? track.Track : track.Track with { Isrc = null },
        track.Performances,
        track.Channel,
        seconds.GetValueOrDefault(track.Channel ?? "") / 3600.0,
        track.Plays,
        ReportOfUseRules.Missing(track.Track));

    private static string Key(ReportOfUseRow row) => string.Join(
        '\u001f', row.Track.Artist, row.Track.Title, row.Track.Album, row.Track.Label, row.Track.Isrc, row.Channel);
}
