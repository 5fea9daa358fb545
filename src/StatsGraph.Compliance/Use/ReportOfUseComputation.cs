using StatsGraph.Compliance.Channels;
using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Plays;

namespace StatsGraph.Compliance.Use;

/// <summary>Computes a report of use on one version of the lake and of its plays. Every figure is one of StatsGraph.Reports.</summary>
/// <param name="lake">The version of the lake.</param>
/// <param name="site">The site in it.</param>
/// <param name="request">What is asked.</param>
/// <param name="channels">The groups of mounts that are one channel.</param>
/// <param name="settling">When data are complete.</param>
internal sealed class ReportOfUseComputation(LakeReports lake, SiteReports site, ReportOfUseRequest request, IReadOnlyList<Channel> channels, TimeSpan settling)
{
    /// <summary>The report, sealed as a draft.</summary>
    /// <exception cref="ReportException">The period is longer than is allowed, or there are too many plays.</exception>
    /// <exception cref="Lake.LakeException">The lake cannot be read.</exception>
    public async Task<ReportOfUse> RunAsync(CancellationToken cancellation)
    {
        var within = await AskAsync(request.Period.Request, Country([.. ReportOfUseRules.Territory]), cancellation);
        var unknown = await AskAsync(request.Period.Request, Country([null]), cancellation);
        var everywhere = await AskAsync(request.Period.Request, where: null, cancellation);
        var tracks = await within.AllPerformancesAsync(request.ByHours ? TrackGrouping.TrackAndChannel : TrackGrouping.Track, cancellation);
        var unknownPerformances = Sum(await unknown.AllPerformancesAsync(TrackGrouping.Track, cancellation));
        var all = Sum(await everywhere.AllPerformancesAsync(TrackGrouping.Track, cancellation));
        var seconds = request.ByHours ? await ListeningAsync(within, cancellation) : [];
        var rows = tracks.Where(track => request.ByHours ? track.Plays > 0 : track.Performances > 0).Select(track => Row(track, seconds));
        var data = ReportedData.Of(everywhere.Period, settling, lake);
        return ReportDocument.Seal(new ReportOfUse
        {
            Site = ReportedSite.Of(site),
            Period = ReportedPeriod.Of(request.Period, everywhere.Period),
            Data = data,
            Plays = new ReportedPlays(lake.PlaysVersion, lake.PlaysMark, site.PlayCeiling.TotalMinutes),
            Channels = request.ByHours ? channels : [],
            Service = request.Service ?? site.Name,
            Category = request.Category,
            ByHours = request.ByHours,
            Contact = request.Contact,
            ActiveSessions = await ActiveSessionsAsync(everywhere, cancellation),
            Rows = [.. rows.OrderBy(Key, StringComparer.Ordinal)],
            UnknownCountry = unknownPerformances,
            Abroad = all - unknownPerformances - Sum(tracks),
            Unheard = request.ByHours ? 0 : tracks.Count(track => track.Performances == 0),
            Remarks = [.. ReportWords.Incomplete(data), .. tracks.Count > 0 ? (string[])[] : ["No playlist tells of anything that was played in the period."]],
        });
    }

    private Task<Report> AskAsync(PeriodRequest period, Condition<SessionField>? where, CancellationToken cancellation)
        => site.ReportAsync(new ReportRequest(period, TimeZone: null, MinDuration: 0, where), cancellation);

    private static Condition<SessionField> Country(IReadOnlyList<object?> codes)
        => new Condition<SessionField>.Compare(SessionField.Country, Operator.In, codes);

    private static long Sum(IEnumerable<TrackPerformances> tracks) => tracks.Sum(track => track.Performances);

    private async Task<long> ActiveSessionsAsync(Report everywhere, CancellationToken cancellation)
    {
        var first = await AskAsync(ActiveSessions.FirstSecond(everywhere.Period), SessionConditions.Lasting, cancellation);
        return ActiveSessions.Of(await ReportSlice.ListeningAsync(everywhere.Totals, cancellation), await ReportSlice.ListeningAsync(first.Totals, cancellation));
    }

    /// <summary>Seconds of listening by channel.</summary>
    private async Task<Dictionary<string, long>> ListeningAsync(Report report, CancellationToken cancellation)
    {
        var seconds = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var mount in ReportSlice.GroupsAsync(report, [Dimension.Mount], cancellation))
        {
            var channel = site.ChannelOf(mount.Keys[0].Value ?? "");
            seconds[channel] = seconds.GetValueOrDefault(channel) + await mount.Metrics.ListeningSecondsAsync(cancellation);
        }

        return seconds;
    }

    private static ReportOfUseRow Row(TrackPerformances track, Dictionary<string, long> seconds) => new(
        ReportOfUseRules.IsIsrc(track.Track.Isrc) ? track.Track : track.Track with { Isrc = null },
        track.Performances,
        track.Channel,
        Listening.HoursOf(seconds.GetValueOrDefault(track.Channel ?? "")),
        track.Plays,
        ReportOfUseRules.Missing(track.Track));

    private static string Key(ReportOfUseRow row) => string.Join(
        '\u001f', row.Track.Artist, row.Track.Title, row.Track.Album, row.Track.Label, row.Track.Isrc, row.Channel);
}
