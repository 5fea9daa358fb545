using System.Globalization;
using NodaTime.Text;
using StatsGraph.Compliance.Channels;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Compliance;

/// <summary>Computes the measures of a profile.</summary>
/// <param name="profile">Names them.</param>
/// <param name="slices">The sessions of the period, by place.</param>
/// <param name="openings">Those of its first second that last longer than none, by place.</param>
internal sealed class MeasureComputation(
    ComplianceProfile profile, IReadOnlyDictionary<Place, ReportSlice> slices, IReadOnlyDictionary<Place, ReportSlice> openings)
{
    /// <summary>The key of those whose country is not known, among countries.</summary>
    private const string UnknownCountry = "unknown";

    /// <summary>All measures of a channel, or of all channels together, in the order of the profile.</summary>
    public async Task<IReadOnlyList<MeasureValue>> OfAsync(Channel? channel, CancellationToken cancellation)
    {
        var values = new List<MeasureValue>();
        foreach (var measure in profile.Measures)
        {
            var place = measure.In == MeasureScope.Territory ? Place.Territory : Place.Anywhere;
            var points = await PointsAsync(measure.Figure, place, channel, cancellation);
            var value = points is null ? await ValueAsync(measure.Figure, place, channel, cancellation) : null;
            values.Add(new MeasureValue(measure.Name, measure.Title, measure.Figure, measure.In, measure.Figure.Unit(), value, points));
        }

        return values;
    }

    /// <inheritdoc cref="ActiveSessions"/>
    public async Task<long> ActiveSessionsAsync(Place place, Channel? channel, CancellationToken cancellation)
        => ActiveSessions.Of(await ListeningAsync(slices[place], channel, cancellation), await ListeningAsync(openings[place], channel, cancellation));

    private static Task<Listening> ListeningAsync(ReportSlice slice, Channel? channel, CancellationToken cancellation)
        => channel is null ? ReportSlice.ListeningAsync(slice.Report.Totals, cancellation) : slice.ListeningAsync(channel, cancellation);

    private async Task<double?> ValueAsync(ComplianceFigure figure, Place place, Channel? channel, CancellationToken cancellation)
    {
        var slice = slices[place];
        var metrics = channel is null ? slice.Report.Totals : await slice.MetricsAsync(channel, cancellation);
        return figure switch
        {
            ComplianceFigure.TuningHours => (await ListeningAsync(slice, channel, cancellation)).TuningHours,
            ComplianceFigure.Sessions => (await ListeningAsync(slice, channel, cancellation)).Sessions,
            ComplianceFigure.ActiveSessions => await ActiveSessionsAsync(place, channel, cancellation),
            ComplianceFigure.Visits => await metrics.VisitsAsync(cancellation),
            ComplianceFigure.Listeners => await metrics.ListenersAsync(cancellation),
            ComplianceFigure.AverageConcurrent => await metrics.AverageConcurrentAsync(cancellation),
            ComplianceFigure.PeakConcurrent => (await metrics.PeakConcurrentAsync(cancellation)).Sessions,
            ComplianceFigure.AverageQuarterHour => await metrics.AverageQuarterHourAsync(cancellation),
            ComplianceFigure.AverageDuration => await metrics.AverageDurationAsync(cancellation),
            ComplianceFigure.AverageListening => await AverageListeningAsync(place, channel, cancellation),
            ComplianceFigure.TerritoryShare => await TerritoryShareAsync(channel, cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, "Expected a figure of one value."),
        };
    }

    private async Task<double?> AverageListeningAsync(Place place, Channel? channel, CancellationToken cancellation)
        => await ActiveSessionsAsync(place, channel, cancellation) is > 0 and var sessions
            ? (await ListeningAsync(slices[place], channel, cancellation)).TuningHours / sessions : null;

    private async Task<double?> TerritoryShareAsync(Channel? channel, CancellationToken cancellation)
        => (await ListeningAsync(slices[Place.Anywhere], channel, cancellation)).ListeningSeconds is > 0 and var all
            ? (double)(await ListeningAsync(slices[Place.Territory], channel, cancellation)).ListeningSeconds / all : null;

    /// <summary>The values of a figure that has many; null for one of a single value.</summary>
    private async Task<IReadOnlyList<MeasurePoint>?> PointsAsync(
        ComplianceFigure figure, Place place, Channel? channel, CancellationToken cancellation)
    {
        if (figure is not (ComplianceFigure.CountryShares or ComplianceFigure.AverageConcurrentByHourOfDay or ComplianceFigure.AverageConcurrentByHour))
            return null;
        var report = channel is null ? slices[place].Report : await slices[place].ReportAsync(channel, cancellation);
        return figure switch
        {
            ComplianceFigure.CountryShares => await CountriesAsync(report, cancellation),
            ComplianceFigure.AverageConcurrentByHourOfDay => await AveragesAsync(
                report.HourlyVisits().Select(hour => (hour.Hour.ToString("00", CultureInfo.InvariantCulture), hour.Metrics)), cancellation),
            _ => await AveragesAsync(
                report.TimeSeries(Interval.Hour).Buckets.Select(bucket => (InstantPattern.General.Format(bucket.Start), bucket.Metrics)), cancellation),
        };
    }

    private static async Task<IReadOnlyList<MeasurePoint>> CountriesAsync(Report report, CancellationToken cancellation)
    {
        var points = new List<MeasurePoint>();
        await foreach (var group in ReportSlice.GroupsAsync(report, [Dimension.Country], cancellation))
        {
            if (group.Share > 0)
                points.Add(new MeasurePoint(group.Keys[0].Value ?? UnknownCountry, group.Share));
        }

        return points;
    }

    private static async Task<IReadOnlyList<MeasurePoint>> AveragesAsync(IEnumerable<(string Key, Metrics Metrics)> rows, CancellationToken cancellation)
    {
        var points = new List<MeasurePoint>();
        foreach (var (key, metrics) in rows)
            points.Add(new MeasurePoint(key, await metrics.AverageConcurrentAsync(cancellation)));
        return points;
    }
}
