using GraphQL.Types;
using StatsGraph.Reports;
using StatsGraph.Reports.Periods;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>A site at the snapshot of one event.</summary>
/// <param name="Site">The site.</param>
/// <param name="Version">Version of the lake; null where not all sites are shown.</param>
internal sealed record SiteUpdate(SiteReports Site, long? Version);

internal sealed class SiteUpdateType : ObjectGraphType<SiteUpdate>
{
    /// <summary>Name of the field that is the report of the running day.</summary>
    public const string TodayField = "today";

    /// <summary>The running day, in the site's own zone.</summary>
    public static readonly PeriodRequest TodayPeriod = new PeriodRequest.Preset(PeriodPreset.Today);

    public SiteUpdateType()
    {
        Name = "SiteUpdate";
        Description = "The state of a site at one moment. All fields of it see the same snapshot of the data.";
        Field<NonNullGraphType<SiteType>>("site")
            .Description("The site, of which everything can be asked that a query can.").Resolve(c => c.Source.Site);
        Field<DateTimeScalar>("dataThrough")
            .Description("The latest stamp of an accepted line of the site that is not in the future; null while there is none.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.Site.DataThroughAsync(c.Deadline()));
        Field<LongScalar>("version")
            .Description("Version of the data: the number of the latest commit, to whatever site; -1 before the first lines came. It never falls "
                + "from one event to the next. Null where not all sites are shown to who asks, for it would tell of the others.")
            .Resolve(c => c.Source.Version);
        Field<NonNullGraphType<ReportType>>(TodayField)
            .Description("The figures of the day that is running in the site's time zone, as far as the data reaches. The same as `report` of the "
                + "site with `period: { preset: TODAY }`.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.Site.ReportAsync(Today, c.Deadline()));
    }

    /// <summary>With the shortest sessions, too.</summary>
    private static ReportRequest Today { get; } = new(TodayPeriod, TimeZone: null, MinDuration: 0, Where: null);
}
