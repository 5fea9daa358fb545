using NodaTime;
using StatsGraph.Reports;

namespace StatsGraph.Compliance.Issuing;

/// <summary>Issues reports of a kind, and computes issued ones again. Safe for any number of threads.</summary>
/// <typeparam name="TReport">The kind.</typeparam>
public abstract class IssuingDesk<TReport>
    where TReport : IssuableReport, IIssuable<TReport>
{
    private readonly IssuedFolder<TReport>? issued;

    private protected IssuingDesk(string? dataFolder, ReportStore store)
        => (issued, Store) = (dataFolder is null ? null : new IssuedFolder<TReport>(dataFolder), store);

    /// <summary>The reports that were issued.</summary>
    /// <exception cref="ComplianceException">No data folder is known.</exception>
    public IssuedFolder<TReport> Issued => issued ?? throw new ComplianceException("issued reports are kept in a data folder, and none is known");

    /// <summary>Whether reports can have been issued.</summary>
    public bool KeepsReports => issued is not null;

    private protected ReportStore Store { get; }

    /// <summary>Computes an issued report again, from the version of the lake and by the rules and settings that it names.</summary>
    /// <exception cref="ReportException">The period is longer than is allowed, or the site has too much to report.</exception>
    public abstract Task<ReportVerification> VerifyAsync(IssuedReport<TReport> report, CancellationToken cancellation);

    /// <summary>Computes a report of the newest version of the lake.</summary>
    /// <param name="key">Key of the site.</param>
    /// <param name="compute">Computes it.</param>
    /// <returns>The report, and what it took for now.</returns>
    /// <exception cref="ComplianceException">There is no such site.</exception>
    private protected async Task<(TReport Draft, Instant Now)> NewestAsync(string key, Func<LakeReports, SiteReports, Task<TReport>> compute)
    {
        using var lake = Store.Open(site => site == key);
        var site = lake.Site(key) ?? throw new ComplianceException($"there is no site '{key}'; expected one that is configured or that logs were ingested for");
        return (await compute(lake, site), Instant.FromUnixTimeSeconds(lake.Now.ToUnixTimeSeconds()));
    }

    /// <summary>
    /// Issues a report of the newest version of the lake: as revision 1, or as the next one where a figure is another than in the last one, or something
    /// else that it says, such as that the data are complete. Two that issue at once make one revision.
    /// </summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="compute">Computes it.</param>
    /// <exception cref="ComplianceException">There is no such site, or the last revision is damaged.</exception>
    private protected async Task<IssueResult<TReport>> IssueAsync(string site, Func<LakeReports, SiteReports, Task<TReport>> compute)
    {
        var (draft, now) = await NewestAsync(site, compute);
        var key = new IssuedKey(site, draft.Name, draft.Period.Name);
        for (var isNewest = true; ;)
        {
            var last = Issued.Last(key);
            if (isNewest && last is not null && draft.IsOlderThan(last.Report))
            {
                // Another one issued what came in meanwhile. Where the lake was put back to an earlier state it stays older, and once is enough.
                (draft, now) = await NewestAsync(site, compute);
                isNewest = false;
                continue;
            }

            var place = Place(last, draft, now);
            if (last is not null && place is { Changes: [], OtherChanges: [] })
                return new IssueResult<TReport>(last, IsNew: false, draft.Data);
            if (Issued.TryAdd(key, ReportDocument.Seal(draft with { Issue = place })) is { } added)
                return new IssueResult<TReport>(added, IsNew: true, draft.Data);
        }
    }

    /// <summary>Why a report cannot be computed again on what was opened for it; null where it can.</summary>
    /// <param name="kept">The report.</param>
    /// <param name="lake">The version of the lake that it names; null where that is gone.</param>
    /// <param name="versions">What was to be opened, in words.</param>
    private protected static string? Obstacle(TReport kept, LakeReports? lake, string versions)
    {
        if (lake?.Site(kept.Site.Key) is not { } site)
            return $"{versions} is gone: a prune took lines of its files out of the lake, or they were lost";
        if (kept.Data.LakeMark is { } then && lake.Mark is { } mark && mark != then)
            return $"version {kept.Data.LakeVersion} of this lake is not the one that the report was made of";
        return site.MountAliases.OrderBy(alias => alias.Key, StringComparer.Ordinal).SequenceEqual(kept.Site.MountAliases.OrderBy(alias => alias.Key, StringComparer.Ordinal))
            ? null : "the site's MountAliases are others than then";
    }

    private ReportIssue Place(IssuedReport<TReport>? last, TReport draft, Instant now)
    {
        if (last is null)
            return new ReportIssue(1, now, now, null, 0, [], []);
        var first = last.Revision == 1 ? last : Issued.Read(last.Key, 1);
        return new ReportIssue(
            last.Revision + 1,
            now,
            first.Report.Issue!.IssuedAt,
            last.Report.Checksum,
            draft.KnownSessions - first.Report.KnownSessions,
            TReport.FigureChanges(last.Report, draft),
            TReport.OtherChanges(last.Report, draft));
    }
}

/// <summary>What became of issuing a report.</summary>
/// <typeparam name="TReport">What it is.</typeparam>
/// <param name="Report">The report that holds.</param>
/// <param name="IsNew">Whether it was issued now; else it is the last revision, and nothing that it says has changed.</param>
/// <param name="Data">What was looked at now.</param>
public sealed record IssueResult<TReport>(IssuedReport<TReport> Report, bool IsNew, ReportedData Data)
    where TReport : IssuableReport;
