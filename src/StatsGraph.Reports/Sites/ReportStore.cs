using NodaTime;
using StatsGraph.Lake;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports;

/// <summary>
/// Answers reports from the lake of a data folder. Owns the query engine; safe for any number of requests at once.
/// </summary>
public sealed class ReportStore : IDisposable
{
    private readonly Dictionary<string, SiteProfile> profiles;
    private readonly TimeProvider clock;

    /// <param name="lake">The lake; sites come from it and from the profiles.</param>
    /// <param name="sites">Profiles of the configured sites; a site without one is shown by its key, in UTC.</param>
    /// <param name="clock">Resolves periods such as TODAY and tells which stamps are in the future.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ReportException">A profile names an unknown time zone.</exception>
    public ReportStore(LakeTable lake, IReadOnlyList<SiteProfile> sites, TimeProvider clock, ReportOptions options)
    {
        (Lake, this.clock, Options) = (lake, clock, options);
        profiles = sites.ToDictionary(site => site.Key, StringComparer.Ordinal);
        foreach (var site in sites)
            ZoneClock.Of(site.TimeZone);
        Engine = new QueryEngine(options.MemoryLimit);
        Tables = new SessionTables(Engine);
        DataEnds = new DataEnds(Engine);
    }

    internal LakeTable Lake { get; }

    internal QueryEngine Engine { get; }

    internal SessionTables Tables { get; }

    internal DataEnds DataEnds { get; }

    internal SiteFacts Facts { get; } = new();

    /// <summary>Limits.</summary>
    public ReportOptions Options { get; }

    /// <summary>The instant that an answer takes for now.</summary>
    public Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    /// <summary>Delta version of the newest snapshot; -1 while the lake is empty.</summary>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    public long Version => Lake.Snapshot().Version;

    /// <summary>Pins the newest snapshot of the lake: everything read through the result sees that one.</summary>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    public LakeReports Open() => new(this, Lake.Snapshot());

    /// <summary>The time that one request may take, from now on: the token is cancelled once it is over.</summary>
    public CancellationTokenSource StartBudget() => new(Options.QueryTimeout, clock);

    /// <summary>A trace of a request that begins now, for <see cref="LakeReports.Trace"/>.</summary>
    public ReportTrace StartTrace() => new(clock);

    /// <inheritdoc/>
    public void Dispose()
    {
        Engine.Dispose();
        Facts.Dispose();
    }

    internal SiteProfile Profile(string key) => profiles.GetValueOrDefault(key) ?? new SiteProfile { Key = key };

    internal IEnumerable<string> Configured => profiles.Keys;
}
