using System.Diagnostics.Metrics;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Server.Http;
using StatsGraph.Server.Live;

namespace StatsGraph.Server.Telemetry;

/// <summary>
/// Instruments that tell what is known of the lake, the columns, the sites, the kept answers and the subscribers when somebody looks. None of them reads anything then.
/// </summary>
internal sealed class StoreMetrics
{
    /// <summary>Attribute: key of a site.</summary>
    public const string Site = "statsgraph.site";

    /// <summary>Attribute: class of lines.</summary>
    public const string LineClassName = "statsgraph.line.class";

    /// <summary>Attribute: why lines were rejected.</summary>
    public const string Reason = "statsgraph.line.reason";

    /// <summary>Reasons of a site that are told apart, the most frequent ones: another program may have written others into the lake.</summary>
    private const int MostReasons = 40;

    private readonly StoreWatch watch;
    private readonly ReportStore store;

    /// <summary>Makes the instruments.</summary>
    public StoreMetrics(Meter meter, StoreWatch watch, ReportStore store, AnswerCache cache, LiveConnections live)
    {
        (this.watch, this.store) = (watch, store);
        AddLake(meter);
        AddColumns(meter);
        AddSites(meter);
        meter.CreateObservableUpDownCounter("statsgraph.answer_cache.size", () => cache.Bytes, "By", "Bytes of kept answers, about.");
        meter.CreateObservableUpDownCounter("statsgraph.answer_cache.entries", () => cache.Entries, "{answer}", "Kept answers.");
        meter.CreateObservableUpDownCounter("statsgraph.live.connections", () => live.Count, "{connection}", "Connections of subscribers.");
        meter.CreateObservableUpDownCounter("statsgraph.live.subscriptions", () => live.Subscriptions.Count, "{subscription}", "Subscriptions under way.");
    }

    private void AddLake(Meter meter)
    {
        meter.CreateObservableGauge(
            "statsgraph.lake.readable", () => watch.IsReadable is { } readable ? One(readable ? 1 : 0) : [], null,
            "1 while the log of the lake can be read, else 0.");
        meter.CreateObservableGauge("statsgraph.lake.version", () => OfStatus(status => status.Version), null, "Delta version of the lake, -1 while it is empty.");
        meter.CreateObservableCounter(
            "statsgraph.lake.commits", () => OfStatus(status => status.Version + 1), "{commit}", "Commits of the lake since it was made.");
        meter.CreateObservableUpDownCounter("statsgraph.lake.files", () => OfStatus(status => status.Files), "{file}", "Data files of the lake.");
        meter.CreateObservableUpDownCounter("statsgraph.lake.size", () => OfStatus(status => status.Bytes), "By", "Bytes of the data files of the lake.");
    }

    private void AddColumns(Meter meter)
    {
        meter.CreateObservableUpDownCounter(
            "statsgraph.columns.sessions", () => OfColumns(columns => columns.Sessions), "{session}", "Sessions that are in columns.");
        meter.CreateObservableUpDownCounter(
            "statsgraph.columns.size", () => OfColumns(columns => columns.Bytes), "By", "Bytes of the columns, in memory or in mapped files.");
        meter.CreateObservableGauge(
            "statsgraph.columns.follow.delay", () => watch.Status?.FollowDelay is { } delay ? One(delay.TotalSeconds) : [], "s",
            "How long the columns have been behind the lake, or took to catch up the last time.");
    }

    private void AddSites(Meter meter)
    {
        meter.CreateObservableGauge("statsgraph.site.lag", Lags, "s", "How long ago the data of a site ends.");
        meter.CreateObservableUpDownCounter("statsgraph.site.lines", Lines, "{line}", "Lines of a site by class.");
        meter.CreateObservableUpDownCounter("statsgraph.site.rejected_lines", RejectedLines, "{line}", "Rejected lines of a site by reason.");
    }

    private static IEnumerable<Measurement<T>> One<T>(T value)
        where T : struct => [new Measurement<T>(value)];

    private IEnumerable<Measurement<long>> OfStatus(Func<StoreStatus, long> value)
        => watch.Status is { } status ? One(value(status)) : [];

    private IEnumerable<Measurement<long>> OfColumns(Func<ColumnsStatus, long> value)
        => watch.Status?.Columns.Select(site => new Measurement<long>(value(site.Value), Tag(Site, site.Key))) ?? [];

    private IEnumerable<Measurement<double>> Lags()
        => from site in watch.Sites
           where site.DataThrough is not null
           select new Measurement<double>((store.Now - site.DataThrough!.Value).TotalSeconds, Tag(Site, site.Site));

    private IEnumerable<Measurement<long>> Lines()
        => from site in watch.Sites
           from count in site.Intake.Classes.Append(new(LineClass.Blank, site.Intake.Blank))
           select new Measurement<long>(count.Lines, Tag(Site, site.Site), Tag(LineClassName, count.Class.Text()));

    private IEnumerable<Measurement<long>> RejectedLines()
        => from site in watch.Sites
           from reason in site.Intake.Rejections.Select((rejection, place) => (Name: place < MostReasons ? rejection.Reason : ServerMetrics.Other, rejection.Lines))
               .GroupBy(rejection => rejection.Name, rejection => rejection.Lines)
           select new Measurement<long>(reason.Sum(), Tag(Site, site.Site), Tag(Reason, reason.Key));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
