using NodaTime;
using StatsGraph.Compliance.Channels;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Reports;

namespace StatsGraph.Compliance;

/// <summary>Computes compliance reports, issues them, and computes issued ones again. Safe for any number of threads.</summary>
public sealed class ComplianceDesk
{
    private readonly ComplianceOptions options;
    private readonly ReportStore store;
    private readonly IssuedFolder? issued;

    /// <param name="options">Profiles, channels and the data folder.</param>
    /// <param name="store">The figures; stays the caller's.</param>
    public ComplianceDesk(ComplianceOptions options, ReportStore store)
    {
        (this.options, this.store) = (options, store);
        issued = options.DataFolder is { } folder ? new IssuedFolder(folder) : null;
    }

    /// <summary>The profiles that there are.</summary>
    public ComplianceProfiles Profiles => options.Profiles;

    /// <summary>The reports that were issued.</summary>
    /// <exception cref="ComplianceException">No data folder is known.</exception>
    public IssuedFolder Issued => issued ?? throw new ComplianceException("issued reports are kept in a data folder, and none is known");

    /// <summary>Whether reports can have been issued.</summary>
    public bool KeepsReports => issued is not null;

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
        => (await NewestAsync(site, profile, period, cancellation)).Draft;

    /// <summary>
    /// Issues a report of the newest version of the lake: as revision 1, or as the next one where a figure is another than in the last one, or something
    /// else that it says, such as that the data are complete. Two that issue at once make one revision.
    /// </summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="profile">The rules.</param>
    /// <param name="period">The period.</param>
    /// <param name="cancellation">Stops the work; what is issued then stays.</param>
    /// <exception cref="ComplianceException">There is no such site, or the last revision is damaged.</exception>
    /// <exception cref="ReportException">The period is longer than is allowed, or there are too many mounts.</exception>
    public async Task<IssueResult> IssueAsync(string site, ComplianceProfile profile, CompliancePeriod period, CancellationToken cancellation)
    {
        var key = new IssuedKey(site, profile.Name, period.Name);
        var (draft, now) = await NewestAsync(site, profile, period, cancellation);
        for (var isNewest = true; ;)
        {
            var last = Issued.Last(key);
            if (isNewest && last is not null && draft.Data.LakeVersion < last.Report.Data.LakeVersion)
            {
                // Another one issued what came in meanwhile. Where the lake was put back to an earlier state it stays older, and once is enough.
                (draft, now) = await NewestAsync(site, profile, period, cancellation);
                isNewest = false;
                continue;
            }

            var place = Place(last, draft, now);
            if (last is not null && place is { Changes: [], OtherChanges: [] })
                return new IssueResult(last, IsNew: false, draft.Data);
            if (Issued.TryAdd(key, ReportDocument.Seal(draft with { Issue = place })) is { } added)
                return new IssueResult(added, IsNew: true, draft.Data);
        }
    }

    /// <summary>Computes an issued report again, from the version of the lake and by the rules, the channels and the zone that it names.</summary>
    /// <exception cref="ReportException">The period is longer than is allowed, or there are too many mounts.</exception>
    public async Task<ReportVerification> VerifyAsync(IssuedReport report, CancellationToken cancellation)
    {
        var kept = report.Report;
        using var lake = store.OpenAt(kept.Data.LakeVersion, kept.Issue!.IssuedAt, kept.Site.Key, IssuedFolder.Since(kept));
        if (lake?.Site(kept.Site.Key) is not { } site)
            return ReportVerification.Impossible($"version {kept.Data.LakeVersion} of the lake is gone: a prune took lines of its files out of the lake, or they were lost");
        if (kept.Data.LakeMark is { } then && lake.Mark is { } mark && mark != then)
            return ReportVerification.Impossible($"version {kept.Data.LakeVersion} of this lake is not the one that the report was made of");
        if (!site.MountAliases.OrderBy(alias => alias.Key, StringComparer.Ordinal).SequenceEqual(kept.Site.MountAliases.OrderBy(alias => alias.Key, StringComparer.Ordinal)))
            return ReportVerification.Impossible("the site's MountAliases are others than then");
        var channels = ChannelMap.OfReported(kept.Channels.Select(channel => new Channel(channel.Name!, channel.Mounts)));
        var question = new ReportQuestion(kept.Profile, new CompliancePeriod(kept.Period.From, kept.Period.To), channels, kept.Period.TimeZone);
        return ReportVerification.Of(kept, await ComputeAsync(lake, site, question, cancellation), lake.IsWhole);
    }

    private async Task<(ComplianceReport Draft, Instant Now)> NewestAsync(
        string key, ComplianceProfile profile, CompliancePeriod period, CancellationToken cancellation)
    {
        using var lake = store.Open(site => site == key);
        var site = lake.Site(key) ?? throw new ComplianceException($"there is no site '{key}'; expected one that is configured or that logs were ingested for");
        return (await DraftAsync(lake, site, profile, period, cancellation), Instant.FromUnixTimeSeconds(lake.Now.ToUnixTimeSeconds()));
    }

    private Task<ComplianceReport> ComputeAsync(LakeReports lake, SiteReports site, ReportQuestion question, CancellationToken cancellation)
        => new ReportComputation(lake, site, question, store.Options.SettlingTime).RunAsync(cancellation);

    private ReportIssue Place(IssuedReport? last, ComplianceReport draft, Instant now)
    {
        if (last is null)
            return new ReportIssue(1, now, now, null, 0, [], []);
        var first = last.Revision == 1 ? last : Issued.Read(last.Key, 1);
        return new ReportIssue(
            last.Revision + 1,
            now,
            first.Report.Issue!.IssuedAt,
            last.Report.Checksum,
            draft.Total.ActiveSessions - first.Report.Total.ActiveSessions,
            FigureList.Changes(last.Report, draft),
            OtherChanges.Between(last.Report, draft));
    }

    private ChannelMap ChannelsOf(string site) => options.Channels.GetValueOrDefault(site) ?? ChannelMap.EachMount;
}

/// <summary>What became of issuing a report.</summary>
/// <param name="Report">The report that holds.</param>
/// <param name="IsNew">Whether it was issued now; else it is the last revision, and nothing that it says has changed.</param>
/// <param name="Data">What was looked at now.</param>
public sealed record IssueResult(IssuedReport Report, bool IsNew, ReportedData Data);
