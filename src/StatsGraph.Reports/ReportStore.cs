using StatsGraph.Lake;
using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports;

/// <summary>How a site is shown.</summary>
public sealed record SiteProfile
{
    /// <summary>Key, as in the lake.</summary>
    public required string Key { get; init; }

    /// <summary>Name for people; null for the key.</summary>
    public string? Name { get; init; }

    /// <summary>IANA time zone of its days and hours.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Mounts that are one in every figure: from the mount in the log to the mount it counts as.</summary>
    public IReadOnlyDictionary<string, string> MountAliases { get; init; } = new Dictionary<string, string>();
}

/// <summary>What answering may cost and how the answers are made.</summary>
public sealed record ReportOptions
{
    /// <summary>A period is complete once the data reaches this far past its end.</summary>
    public TimeSpan SettlingTime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Memory that DuckDB may use, in its own notation.</summary>
    public string MemoryLimit { get; init; } = "1GB";

    /// <summary>Longest period, in years.</summary>
    public int MaximumYears { get; init; } = 10;

    /// <summary>Most buckets of a time series.</summary>
    public int MaximumBuckets { get; init; } = 10_000;

    /// <summary>Most groups of a list, all pages together.</summary>
    public int MaximumGroups { get; init; } = 1_000_000;
}

/// <summary>
/// Answers reports from the lake of a data folder. Owns the query engine; safe for any number of requests at once.
/// </summary>
public sealed class ReportStore : IDisposable
{
    /// <param name="lake">The lake; sites come from it and from the profiles.</param>
    /// <param name="sites">Profiles of the configured sites; a site without one is shown by its key, in UTC.</param>
    /// <param name="clock">Resolves periods such as TODAY and tells which stamps are in the future.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ReportException">A profile names an unknown time zone.</exception>
    public ReportStore(LakeTable lake, IReadOnlyList<SiteProfile> sites, TimeProvider clock, ReportOptions options)
        => throw new NotImplementedException();

    /// <summary>Pins the newest snapshot of the lake: everything read through the result sees that one.</summary>
    public LakeReports Open() => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}

/// <summary>All sites at one version of the lake.</summary>
public sealed class LakeReports : IDisposable
{
    /// <summary>Delta version of the lake; -1 while it is empty.</summary>
    public long Version => throw new NotImplementedException();

    /// <summary>Sites by key.</summary>
    public Page<SiteReports> Sites(PageRequest page) => throw new NotImplementedException();

    /// <summary>A site, or null when there is none of that key.</summary>
    public SiteReports? Site(string key) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}

/// <summary>One site at one version of the lake.</summary>
public sealed class SiteReports
{
    /// <summary>Key.</summary>
    public string Key => throw new NotImplementedException();

    /// <summary>Name for people.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>IANA name of the site's zone.</summary>
    public string TimeZone => throw new NotImplementedException();

    /// <summary>Mounts that listeners ever tuned in to, in ordinal order.</summary>
    public Task<IReadOnlyList<string>> MountsAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Latest stamp of an accepted line that is not in the future.</summary>
    public Task<NodaTime.Instant?> DataThroughAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>What became of every line.</summary>
    public Task<Intake> IntakeAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Resolves the request.</summary>
    /// <exception cref="ReportException">Period, zone, minimum duration or filter is wrong.</exception>
    public Task<Report> ReportAsync(ReportRequest request, CancellationToken cancellation) => throw new NotImplementedException();
}
