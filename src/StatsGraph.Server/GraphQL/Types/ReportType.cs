using GraphQL;
using GraphQL.Types;
using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Plays;
using StatsGraph.Server.GraphQL.Conversion;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class ReportType : ObjectGraphType<Report>
{
    /// <summary>Name of the field that is a time series.</summary>
    public const string TimeSeriesField = "timeSeries";

    /// <summary>Name of the argument that is the width of its buckets.</summary>
    public const string IntervalArgument = "interval";

    public ReportType()
    {
        Name = "Report";
        Description = "All fields of a report speak of the same period, the same filter and the same snapshot of the data.";
        Field<NonNullGraphType<ResolvedPeriodType>>("period").Description("The period, resolved.").Resolve(c => c.Source.Period);
        Field<NonNullGraphType<MetricsType>>("totals").Description("The figures of the whole period.").Resolve(c => c.Source.Totals);
        Field<NonNullGraphType<ReportType>>("comparedTo")
            .Description("The same report for an earlier period, to compare with.")
            .Argument<NonNullGraphType<ComparisonType>>("baseline", "Which earlier period.")
            .Weighs(1)
            .Resolve(c => c.Source.ComparedTo(c.GetArgument<Comparison>("baseline")));
        AddTime();
        AddGroups();
        AddErrors();
        AddPlays();
    }

    private void AddTime()
    {
        Field<NonNullGraphType<TimeSeriesType>>(TimeSeriesField)
            .Description("The figures bucket by bucket, empty buckets included.")
            .Argument<NonNullGraphType<IntervalType>>(IntervalArgument, a =>
            {
                a.Description = "Width of the buckets.";
                a.DefaultValue = Interval.Auto;
            })
            .Weighs(1)
            .HasTogetherUpTo(new ReportOptions().MaximumBuckets, TimeSeriesType.BucketsField)
            .Resolve(c => c.Source.TimeSeries(c.GetArgument<Interval>(IntervalArgument)));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<HourlyVisitsType>>>>("hourlyVisits")
            .Description("24 rows, hour 0 to 23 of the site's clock (of the `timeZone` argument's, where one is given).")
            .Weighs(1)
            .HasTogetherUpTo(24)
            .Resolve(c => c.Source.HourlyVisits());
    }

    private void AddGroups()
    {
        GroupList<EntryMountsConnectionType>("entryMounts", "Mounts that visits began on.", Dimension.EntryMount, Metric.Visits);
        GroupList<MountsConnectionType>("mounts", "Mounts that sessions were on.", Dimension.Mount, Metric.TuningHours);
        GroupList<CountriesConnectionType>("countries", "Countries of the listeners' addresses.", Dimension.Country, Metric.Sessions);
        GroupList<ReferrersConnectionType>("referrers", "Pages that listeners came from, by host.", Dimension.Referrer, Metric.Visits);
        GroupList<PlayersConnectionType>("players", "Players that listeners use.", Dimension.Player, Metric.Sessions);
        var groups = Field<GroupsConnectionType>("groups")
            .Description("Any other cut, up to three dimensions at once.")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<DimensionType>>>>("by", "One to three different dimensions.");
        WithRows(groups, Metric.Sessions, c => c.GetArgument<List<Dimension>>("by"));
    }

    private void GroupList<TConnection>(string name, string description, Dimension by, Metric metric)
        where TConnection : IGraphType
        => WithRows(Field<TConnection>(name).Description(description), metric, _ => [by]);

    private static void WithRows(
        global::GraphQL.Builders.FieldBuilder<Report, object> field,
        Metric metric,
        Func<IResolveFieldContext, IReadOnlyList<Dimension>> by)
        => field.WithPages(together: true)
            .Weighs(5)
            .Argument<GroupFilterInputType>("where", "Conditions on the rows, after aggregation.")
            .Argument<ListGraphType<NonNullGraphType<MetricSortInputType>>>("order", a =>
            {
                a.Description = "Steps of the order. `share` is of the first metric in it.";
                a.DefaultValue = OrderConverter.Default(metric);
            })
            .ResolveAsync(async c => await c.Source.GroupsAsync(
                new GroupRequest(
                    by(c),
                    FilterConverter.Groups(c.InputObject("where")),
                    OrderConverter.Metrics(c.InputList("order"), metric),
                    metric,
                    c.Page()),
                c.Deadline()));

    private void AddErrors()
        => Field<ErrorsConnectionType>("errors")
            .Description("Requests that were refused in the period. Of the report's filter they obey the fields that a request has.")
            .WithPages(together: true)
            .Weighs(50)
            .Argument<ListGraphType<NonNullGraphType<ErrorSortInputType>>>("order", a =>
            {
                a.Description = "Steps of the order; ties are broken by status and path.";
                a.DefaultValue = OrderConverter.Default(ErrorMetric.Requests);
            })
            .ResolveAsync(async c => await c.Source.ErrorsAsync(
                OrderConverter.Errors(c.InputList("order")), c.Page(), c.Deadline()));

    private void AddPlays()
    {
        Field<PlaysConnectionType>("plays")
            .Description("Recordings that were played in the period, as the playlists tell, and who of the report's sessions heard them. Of the "
                + "filter they obey `mount`.")
            .WithPages(together: true)
            .Weighs(100)
            .Argument<ListGraphType<NonNullGraphType<PlaySortInputType>>>("order", a =>
            {
                a.Description = "Steps of the order; ties are broken by start, mount, artist and title.";
                a.DefaultValue = OrderConverter.Default(PlayMetric.Start);
            })
            .ResolveAsync(async c => await c.Source.PlaysAsync(OrderConverter.Plays(c.InputList("order")), c.Page(), c.Deadline()));
        Field<PerformancesConnectionType>("performances")
            .Description("The same by track: how often each was played, and its performances. With `where: { country: ... }` those of a territory.")
            .WithPages(together: true)
            .Weighs(100)
            .Argument<NonNullGraphType<TrackGroupingType>>("by", a =>
            {
                a.Description = "Whether the plays of each channel, or of each mount, are a row of their own.";
                a.DefaultValue = TrackGrouping.Track;
            })
            .Argument<ListGraphType<NonNullGraphType<TrackSortInputType>>>("order", a =>
            {
                a.Description = "Steps of the order; ties are broken by artist, title, album, label, ISRC, channel and mount.";
                a.DefaultValue = OrderConverter.Default(TrackMetric.Performances);
            })
            .ResolveAsync(async c => await c.Source.PerformancesAsync(
                c.GetArgument<TrackGrouping>("by"), OrderConverter.Tracks(c.InputList("order")), c.Page(), c.Deadline()));
    }
}
