using NodaTime;
using StatsGraph.Compliance.Channels;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;
using Interval = StatsGraph.Reports.Periods.Interval;

namespace StatsGraph.Compliance;

/// <summary>Computes a report on one version of the lake. Every figure is one of StatsGraph.Reports.</summary>
/// <param name="lake">The version of the lake.</param>
/// <param name="site">The site in it.</param>
/// <param name="question">What is asked.</param>
/// <param name="settling">When data are complete.</param>
internal sealed class ReportComputation(LakeReports lake, SiteReports site, ReportQuestion question, TimeSpan settling)
{
    private readonly ComplianceProfile profile = question.Profile;
    private readonly Dictionary<Place, ReportSlice> slices = [];
    private readonly Dictionary<Place, ReportSlice> openings = [];

    /// <summary>The report, sealed as a draft.</summary>
    /// <exception cref="ReportException">The period is longer than is allowed, or there are too many mounts.</exception>
    public async Task<ComplianceReport> RunAsync(CancellationToken cancellation)
    {
        foreach (var place in Enum.GetValues<Place>())
        {
            if (SessionConditions.Of(profile, place) is { } where)
                slices[place] = await ReportSlice.OfAsync(site, Request(question.Period.Request, where), cancellation);
        }

        var resolved = slices[Place.Anywhere].Report.Period;
        await OpenAsync(resolved, cancellation);
        var data = ReportedData.Of(resolved, settling, lake);
        var (total, channels) = await ChannelsAsync(resolved, cancellation);
        return ReportDocument.Seal(new ComplianceReport
        {
            Site = ReportedSite.Of(site),
            Profile = profile,
            Period = ReportedPeriod.Of(question.Period, resolved),
            Data = data,
            Total = total,
            Channels = channels,
            Days = await DaysAsync(resolved, cancellation),
            LeftOut = await LeftOutAsync(resolved, cancellation),
            Method = ReportWords.Method(profile, resolved.TimeZone),
            Remarks = ReportWords.Remarks(profile, question.Period, data),
        });
    }

    private ReportRequest Request(PeriodRequest period, Condition<SessionField> where)
        => new(period, question.TimeZone, profile.MinimumDuration, where);

    private async Task<(ChannelFigures Total, IReadOnlyList<ChannelFigures> Channels)> ChannelsAsync(ResolvedPeriod period, CancellationToken cancellation)
    {
        var measures = new MeasureComputation(profile, slices, openings);
        var months = await MonthsAsync(period, cancellation);
        var rows = new List<ChannelFigures>();
        foreach (var channel in question.Channels.Of(slices[Place.Anywhere].Mounts))
        {
            async Task<Listening> At(Place place) => Slice(place) is { } slice ? await slice.ListeningAsync(channel, cancellation) : new Listening(0, 0);
            rows.Add(new ChannelFigures(
                channel.Name, channel.Mounts, await At(Place.Territory), await At(Place.Outside), await At(Place.Unknown), await At(Place.Anywhere),
                await measures.ActiveSessionsAsync(Place.Anywhere, channel, cancellation),
                await measures.OfAsync(channel, cancellation),
                [.. months.Select(month => month.Of(channel))]));
        }

        async Task<Listening> Whole(Place place) => Slice(place) is { } slice
            ? await ReportSlice.ListeningAsync(slice.Report.Totals, cancellation) : new Listening(0, 0);
        var total = new ChannelFigures(
            null, [], await Whole(Place.Territory), await Whole(Place.Outside), await Whole(Place.Unknown), await Whole(Place.Anywhere),
            await measures.ActiveSessionsAsync(Place.Anywhere, null, cancellation), await measures.OfAsync(null, cancellation), []);
        return (total, rows);
    }

    /// <summary>The lasting sessions of the period's first second, by which those are known that were open when it began.</summary>
    private async Task OpenAsync(ResolvedPeriod period, CancellationToken cancellation)
    {
        var second = ActiveSessions.FirstSecond(period);
        foreach (var place in (Place[])[Place.Anywhere, Place.Territory])
        {
            var where = SessionConditions.Of(profile, place, SessionConditions.Lasting)!;
            openings[place] = await ReportSlice.OfAsync(site, Request(second, where), cancellation);
        }
    }

    /// <summary>The months of the period that a threshold is compared with.</summary>
    private async Task<IReadOnlyList<ThresholdMonth>> MonthsAsync(ResolvedPeriod period, CancellationToken cancellation)
    {
        if (profile.Threshold is not { } threshold)
            return [];
        var months = question.Period.WholeMonths
            .Select(first => ThresholdMonth.Of(threshold.TuningHours, first, period)).ToDictionary(month => month.Name, StringComparer.Ordinal);
        var groups = ReportSlice.GroupsAsync(
            slices[Place.Territory].Report, [Dimension.Mount, Dimension.Month], cancellation);
        await foreach (var group in groups)
        {
            if (months.TryGetValue(group.Keys[1].Value!, out var month))
                month.Add(group.Keys[0].Value ?? "", await group.Metrics.ListeningSecondsAsync(cancellation));
        }

        return [.. months.Values];
    }

    private async Task<IReadOnlyList<DayListening>> DaysAsync(ResolvedPeriod period, CancellationToken cancellation)
    {
        var zone = DateTimeZoneProviders.Tzdb[period.TimeZone];
        var days = new SortedDictionary<LocalDate, DayListening>();
        foreach (var bucket in slices[Place.Anywhere].Report.TimeSeries(Interval.Day).Buckets)
            days[bucket.Start.InZone(zone).Date] = new DayListening(bucket.Start.InZone(zone).Date, 0, 0, 0);
        foreach (var (place, slice) in slices)
        {
            foreach (var bucket in place == Place.Anywhere ? [] : slice.Report.TimeSeries(Interval.Day).Buckets)
            {
                var (date, seconds) = (bucket.Start.InZone(zone).Date, await bucket.Metrics.ListeningSecondsAsync(cancellation));
                days[date] = place switch
                {
                    Place.Territory => days[date] with { Territory = seconds },
                    Place.Outside => days[date] with { Outside = seconds },
                    _ => days[date] with { Unknown = seconds },
                };
            }
        }

        return [.. days.Values];
    }

    private async Task<IReadOnlyList<LeftOutLines>> LeftOutAsync(ResolvedPeriod period, CancellationToken cancellation)
    {
        var counted = SessionConditions.Classes(profile);
        var lines = (await site.LinesAsync(period.From, period.To, cancellation)).Where(row => !counted.Contains(row.Class))
            .Select(row => new LeftOutLines(Lake.LineClassNames.Text(row.Class), row.Reason, row.Lines, row.Undated)).ToList();
        if (profile.MinimumDuration == 0)
            return lines;
        var any = await site.ReportAsync(
            Request(question.Period.Request, SessionConditions.Of(profile, Place.Anywhere)!) with { MinDuration = 0 }, cancellation);
        var tooShort = await any.Totals.SessionsAsync(cancellation) - await slices[Place.Anywhere].Report.Totals.SessionsAsync(cancellation);
        return [new LeftOutLines("listener", FormattableString.Invariant($"shorter than {profile.MinimumDuration} s"), tooShort, 0), .. lines];
    }

    private ReportSlice? Slice(Place place) => slices.GetValueOrDefault(place);
}

/// <summary>What a report is asked for.</summary>
/// <param name="Profile">The rules.</param>
/// <param name="Period">The period.</param>
/// <param name="Channels">Which mounts are a channel.</param>
/// <param name="TimeZone">IANA name of the zone; null for the site's.</param>
internal sealed record ReportQuestion(ComplianceProfile Profile, CompliancePeriod Period, ChannelMap Channels, string? TimeZone);
