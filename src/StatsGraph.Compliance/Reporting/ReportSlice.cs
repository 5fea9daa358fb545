using StatsGraph.Compliance.Channels;
using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;

namespace StatsGraph.Compliance;

/// <summary>
/// Some sessions of a period, in all and by mount. The figures of all mounts are computed together; those of a channel of several mounts are a
/// report of their own, unless they add up.
/// </summary>
internal sealed class ReportSlice
{
    private static readonly IReadOnlyList<Sort<Metric>> ByKey = [new(Metric.Key, Descending: false)];

    private readonly SiteReports site;
    private readonly ReportRequest request;
    private readonly Dictionary<string, Metrics> mounts;
    private readonly Dictionary<string, Task<Report>> channels = new(StringComparer.Ordinal);

    private ReportSlice(SiteReports site, ReportRequest request, Report report, Dictionary<string, Metrics> mounts)
        => (this.site, this.request, Report, this.mounts) = (site, request, report, mounts);

    /// <summary>The report on all of the sessions.</summary>
    public Report Report { get; }

    /// <summary>Mounts that have any of the sessions.</summary>
    public IReadOnlyCollection<string> Mounts => mounts.Keys;

    /// <summary>Reads what sessions there are by mount.</summary>
    /// <exception cref="ReportException">The period is none, or there are too many mounts.</exception>
    public static async Task<ReportSlice> OfAsync(SiteReports site, ReportRequest request, CancellationToken cancellation)
    {
        var report = await site.ReportAsync(request, cancellation);
        var mounts = new Dictionary<string, Metrics>(StringComparer.Ordinal);
        await foreach (var group in GroupsAsync(report, [Dimension.Mount], cancellation))
            mounts.Add(group.Keys[0].Value ?? "", group.Metrics);
        return new ReportSlice(site, request, report, mounts);
    }

    /// <summary>All groups of a report, page by page.</summary>
    public static async IAsyncEnumerable<Group> GroupsAsync(
        Report report, IReadOnlyList<Dimension> by, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        string? after = null;
        Page<Group> page;
        do
        {
            page = await report.GroupsAsync(
                new GroupRequest(by, null, ByKey, Metric.TuningHours, new PageRequest(PageRequest.MaximumSize, after)), cancellation);
            foreach (var edge in page.Edges)
                yield return edge.Node;
            after = page.Edges is [.., var last] ? last.Cursor : after;
        }
        while (page.HasNext);
    }

    /// <summary>Listening and sessions of a channel, which are the sums of those of its mounts.</summary>
    public async Task<Listening> ListeningAsync(Channel channel, CancellationToken cancellation)
    {
        var sum = new Listening(0, 0);
        foreach (var mount in channel.Mounts)
        {
            if (mounts.TryGetValue(mount, out var metrics))
                sum = sum.Plus(await ListeningAsync(metrics, cancellation));
        }

        return sum;
    }

    /// <summary>Listening and sessions of a row.</summary>
    public static async Task<Listening> ListeningAsync(Metrics metrics, CancellationToken cancellation)
        => new(await metrics.ListeningSecondsAsync(cancellation), await metrics.SessionsAsync(cancellation));

    /// <summary>All figures of a channel.</summary>
    public async Task<Metrics> MetricsAsync(Channel channel, CancellationToken cancellation)
        => channel.Mounts is [var mount] && mounts.TryGetValue(mount, out var metrics) ? metrics : (await ReportAsync(channel, cancellation)).Totals;

    /// <summary>The report on a channel.</summary>
    public Task<Report> ReportAsync(Channel channel, CancellationToken cancellation)
    {
        if (!channels.TryGetValue(channel.Name, out var report))
        {
            var where = new Condition<SessionField>.All([request.Where!, SessionConditions.On(channel.Mounts)]);
            channels[channel.Name] = report = site.ReportAsync(request with { Where = where }, cancellation);
        }

        return report;
    }
}
