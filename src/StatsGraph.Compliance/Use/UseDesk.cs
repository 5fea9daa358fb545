using StatsGraph.Compliance.Channels;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Reports;

namespace StatsGraph.Compliance.Use;

/// <summary>Makes reports of use, issues them, and computes issued ones again. Safe for any number of threads.</summary>
/// <param name="options">Channels, what sites say in their reports, and the data folder.</param>
/// <param name="store">The figures; stays the caller's.</param>
public sealed class UseDesk(ComplianceOptions options, ReportStore store) : IssuingDesk<ReportOfUse>(options.DataFolder, store)
{
    /// <summary>Computes a report of the newest version of the lake and keeps nothing.</summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ComplianceException">There is no such site.</exception>
    /// <exception cref="ReportException">The period is longer than is allowed, or there are too many plays.</exception>
    public async Task<ReportOfUse> DraftAsync(string site, ReportOfUseRequest request, CancellationToken cancellation)
        => (await NewestAsync(site, (lake, newest) => ComputeAsync(lake, newest, request, cancellation))).Draft;

    /// <inheritdoc cref="IssuingDesk{TReport}.IssueAsync"/>
    /// <param name="site">Key of the site.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Stops the work; what is issued then stays.</param>
    /// <exception cref="ComplianceException">There is no such site, or the last revision is damaged.</exception>
    /// <exception cref="ReportException">The period is longer than is allowed, or there are too many plays.</exception>
    public Task<IssueResult<ReportOfUse>> IssueAsync(string site, ReportOfUseRequest request, CancellationToken cancellation)
        => IssueAsync(site, (lake, newest) => ComputeAsync(lake, newest, request, cancellation));

    /// <summary>What is asked for a period, as it is configured.</summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="name">Name of the kind of report; see <see cref="ReportOfUse.IsNamed"/>.</param>
    /// <param name="period">The period.</param>
    /// <returns>Null where no transmission category is configured, which nobody can guess.</returns>
    public ReportOfUseRequest? RequestOf(string site, string name, CompliancePeriod period)
        => options.Use.GetValueOrDefault(site) is { Category: { } category } terms
            ? new ReportOfUseRequest(terms.Service, category, period, name.Equals(ReportOfUse.ByHoursName, StringComparison.OrdinalIgnoreCase), terms.Headers ? terms.Contact : null)
            : null;

    /// <inheritdoc/>
    public override async Task<ReportVerification> VerifyAsync(IssuedReport<ReportOfUse> report, CancellationToken cancellation)
    {
        var kept = report.Report;
        using var lake = Store.OpenAt(kept.Data.LakeVersion, kept.Issue!.IssuedAt, kept.Site.Key, IssuedReports.Since(kept), kept.Plays.Version);
        if (Obstacle(kept, lake, $"version {kept.Data.LakeVersion} of the lake, or version {kept.Plays.Version} of its plays,") is { } obstacle)
            return ReportVerification.Impossible(obstacle);
        var site = lake!.Site(kept.Site.Key)!;
        if (kept.Plays.Mark is { } then && lake.PlaysMark is { } mark && mark != then)
            return ReportVerification.Impossible($"version {kept.Plays.Version} of these plays is not the one that the report was made of");
        if (kept.Period.TimeZone != site.TimeZone)
            return ReportVerification.Impossible($"the site's TimeZone is another than then, {kept.Period.TimeZone}");
        if (kept.Plays.CeilingMinutes != site.PlayCeiling.TotalMinutes)
            return ReportVerification.Impossible(FormattableString.Invariant($"the site's PlayCeilingMinutes is another than then, {kept.Plays.CeilingMinutes}"));
        var request = new ReportOfUseRequest(kept.Service, kept.Category, new CompliancePeriod(kept.Period.From, kept.Period.To), kept.ByHours, kept.Contact);
        var again = await ComputeAsync(lake, site, request, cancellation);
        return ReportVerification.Of(kept, again, lake.IsWhole, ("the plays", kept.Plays with { Mark = null }, again.Plays with { Mark = null }), ("the channels", kept.Channels, again.Channels));
    }

    private Task<ReportOfUse> ComputeAsync(LakeReports lake, SiteReports site, ReportOfUseRequest request, CancellationToken cancellation)
        => new ReportOfUseComputation(lake, site, request, ChannelsOf(site.Key), Store.Options.SettlingTime).RunAsync(cancellation);

    private IReadOnlyList<Channel> ChannelsOf(string site) => (options.Channels.GetValueOrDefault(site) ?? ChannelMap.EachMount).Groups;
}

/// <summary>What reports of use say of a site; null where it is not configured.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Category">Code of the transmission category.</param>
/// <param name="Contact">Who may be asked.</param>
/// <param name="Headers">Whether their text files have headers with the contact.</param>
public sealed record ReportOfUseTerms(string? Service, char? Category, ReportOfUseContact? Contact, bool Headers)
{
    /// <summary>Nothing is configured.</summary>
    public static ReportOfUseTerms None { get; } = new(null, null, null, Headers: false);
}
