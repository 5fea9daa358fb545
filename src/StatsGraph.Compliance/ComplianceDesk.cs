using StatsGraph.Compliance.Channels;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Compliance.Use;
using StatsGraph.Reports;

namespace StatsGraph.Compliance;

/// <summary>Computes compliance reports, issues them, and computes issued ones again. Safe for any number of threads.</summary>
public sealed class ComplianceDesk : IssuingDesk<ComplianceReport>
{
    private readonly ComplianceOptions options;

    /// <param name="options">Profiles, channels and the data folder.</param>
    /// <param name="store">The figures; stays the caller's.</param>
    public ComplianceDesk(ComplianceOptions options, ReportStore store)
        : base(options.DataFolder, store) => (this.options, Use) = (options, new UseDesk(options, store));

    /// <summary>Makes and issues reports of use, on the same data.</summary>
    public UseDesk Use { get; }

    /// <summary>The profiles that there are.</summary>
    public ComplianceProfiles Profiles => options.Profiles;

    /// <summary>Computes a report and keeps nothing.</summary>
    /// <param name="lake">The version of the lake.</param>
    /// <param name="site">The site in it.</param>
    /// <param name="profile">The rules.</param>
    /// <param name="period">The period.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ReportException">The period is longer than is allowed, or there are too many mounts.</exception>
    public Task<ComplianceReport> DraftAsync(
        LakeReports lake, SiteReports site, ComplianceProfile profile, CompliancePeriod period, CancellationToken cancellation)
        => ComputeAsync(lake, site, new ReportQuestion(profile, period, ChannelsOf(site.Key), TimeZone: null), cancellation);

    /// <summary>Computes a report of the newest version of the lake and keeps nothing.</summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="profile">The rules.</param>
    /// <param name="period">The period.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ComplianceException">There is no such site.</exception>
    /// <exception cref="ReportException">The period is longer than is allowed, or there are too many mounts.</exception>
    public async Task<ComplianceReport> DraftAsync(string site, ComplianceProfile profile, CompliancePeriod period, CancellationToken cancellation)
        => (await NewestAsync(site, (lake, newest) => DraftAsync(lake, newest, profile, period, cancellation))).Draft;

    /// <inheritdoc cref="IssuingDesk{TReport}.IssueAsync"/>
    /// <param name="site">Key of the site.</param>
    /// <param name="profile">The rules.</param>
    /// <param name="period">The period.</param>
    /// <param name="cancellation">Stops the work; what is issued then stays.</param>
    /// <exception cref="ComplianceException">There is no such site, or the last revision is damaged.</exception>
    /// <exception cref="ReportException">The period is longer than is allowed, or there are too many mounts.</exception>
    public Task<IssueResult<ComplianceReport>> IssueAsync(string site, ComplianceProfile profile, CompliancePeriod period, CancellationToken cancellation)
        => IssueAsync(site, (lake, newest) => DraftAsync(lake, newest, profile, period, cancellation));

    /// <inheritdoc/>
    public override async Task<ReportVerification> VerifyAsync(IssuedReport<ComplianceReport> report, CancellationToken cancellation)
    {
        var kept = report.Report;
        using var lake = Store.OpenAt(kept.Data.LakeVersion, kept.Issue!.IssuedAt, kept.Site.Key, IssuedReports.Since(kept));
        if (Obstacle(kept, lake, $"version {kept.Data.LakeVersion} of the lake") is { } obstacle)
            return ReportVerification.Impossible(obstacle);
        var channels = ChannelMap.OfReported(kept.Channels.Select(channel => new Channel(channel.Name!, channel.Mounts)));
        var question = new ReportQuestion(kept.Profile, new CompliancePeriod(kept.Period.From, kept.Period.To), channels, kept.Period.TimeZone);
        return ReportVerification.Of(kept, await ComputeAsync(lake!, lake!.Site(kept.Site.Key)!, question, cancellation), lake.IsWhole);
    }

    private Task<ComplianceReport> ComputeAsync(LakeReports lake, SiteReports site, ReportQuestion question, CancellationToken cancellation)
        => new ReportComputation(lake, site, question, Store.Options.SettlingTime).RunAsync(cancellation);

    private ChannelMap ChannelsOf(string site) => options.Channels.GetValueOrDefault(site) ?? ChannelMap.EachMount;
}
