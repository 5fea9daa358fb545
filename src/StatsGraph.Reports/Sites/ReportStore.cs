using NodaTime;
using StatsGraph.Lake;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Plays;
using StatsGraph.Reports.Rollups;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports;

/// <summary>
/// Answers reports from the lake of a data folder. Owns the query engine; safe for any number of requests at once.
/// </summary>
public sealed class ReportStore : IDisposable
{
    private readonly Dictionary<string, SiteProfile> profiles;
    private readonly TimeProvider clock;
    private readonly ColumnStore? columns;
    private LakeSnapshot answered = LakeSnapshot.Empty;

    /// <param name="lake">The lake; sites come from it and from the profiles.</param>
    /// <param name="sites">Profiles of the configured sites; a site without one is shown by its key, in UTC.</param>
    /// <param name="clock">Resolves periods such as TODAY and tells which stamps are in the future.</param>
    /// <param name="options">Limits.</param>
    /// <param name="columns">
    /// What is answered from once it is complete, of the same lake and with the same profiles; stays the caller's. Null for the lake alone.
    /// </param>
    /// <exception cref="ReportException">A profile names an unknown time zone.</exception>
    public ReportStore(
        LakeTable lake, IReadOnlyList<SiteProfile> sites, TimeProvider clock, ReportOptions options, ColumnStore? columns = null)
    {
        (Lake, this.clock, Options, this.columns) = (lake, clock, options, columns);
        profiles = sites.ToDictionary(site => site.Key, StringComparer.Ordinal);
        foreach (var site in sites)
            ZoneClock.Of(site.TimeZone);
        Plays = new PlayStore(lake.OpenPlaysBeside());
        Engine = new QueryEngine(options.MemoryLimit);
        Tables = new SessionTables(Engine);
        DataEnds = new DataEnds(Engine);
        IntakeFacts = new IntakeFacts(Engine);
        Watch = new SiteWatch(this);
    }

    internal LakeTable Lake { get; }

    internal PlayStore Plays { get; }

    internal QueryEngine Engine { get; }

    internal SessionTables Tables { get; }

    internal DataEnds DataEnds { get; }

    internal IntakeFacts IntakeFacts { get; }

    internal ColumnRoads ColumnRoads => columns!.Roads;

    internal SiteFacts Facts { get; } = new();

    /// <summary>Tells when the answers of a site may have changed.</summary>
    public SiteWatch Watch { get; }

    /// <summary>Limits.</summary>
    public ReportOptions Options { get; }

    /// <summary>The instant that an answer takes for now.</summary>
    public Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    /// <summary>Delta version of the snapshot that <see cref="Open"/> would pin; -1 while the lake is empty.</summary>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    public long Version => Newest().Snapshot.Version;

    /// <summary>Delta version of the plays that <see cref="Open"/> would pin; -1 while there are none.</summary>
    /// <exception cref="LakeException">The table of plays cannot be read.</exception>
    public long PlaysVersion => Plays.Snapshot().Version;

    /// <inheritdoc cref="Version"/>
    internal LakeSnapshot NewestSnapshot => Newest().Snapshot;

    /// <summary>How far the columns are, while answers do not come from them yet but will; else null.</summary>
    public ColumnProgress? Building => columns?.Progress;

    /// <summary>
    /// Pins a snapshot of the lake, so that everything read through the result sees that one: the newest that columns are complete of; without
    /// columns the newest.
    /// </summary>
    /// <param name="isVisible">Whether a site is there, by its key: one that is not is as if it had never been. Null for all of them.</param>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    public LakeReports Open(Func<string, bool>? isVisible) => new(this, Newest(), Plays.Snapshot(), isVisible, Now);

    /// <summary>
    /// Pins a site of an earlier version of the lake, answered by SQL over its files, as it was at an instant. Files may have been deleted since: those
    /// of lines whose stamps all lie before an instant are done without, and so are those without any.
    /// </summary>
    /// <param name="version">Delta version.</param>
    /// <param name="now">The instant that answers take for now.</param>
    /// <param name="site">Key of the site.</param>
    /// <param name="since">From when on all lines have to be there.</param>
    /// <param name="playsVersion">Delta version of the plays; null for the newest.</param>
    /// <returns>Null where the log does not tell that version any more, or a file that is needed has been deleted.</returns>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    public LakeReports? OpenAt(long version, Instant now, string site, Instant since, long? playsVersion = null)
    {
        if (Lake.SnapshotAt(version) is not { } snapshot || PlaysAt(playsVersion, site) is not { } plays)
            return null;
        var files = snapshot.Files.Where(file => file.Site == site).ToList();
        var there = files.FindAll(file => File.Exists(file.Path));
        return files.Except(there).Any(file => file.LastEnd >= since.ToDateTimeOffset()) ? null
            : new LakeReports(this, WithoutColumns(snapshot with { Files = there }), plays, key => key == site, now)
            {
                IsWhole = there.Count == files.Count,
            };
    }

    /// <summary>A version of the plays of a site; null where it is gone, or a part of it.</summary>
    private LakeSnapshot? PlaysAt(long? version, string site)
        => version is not { } wanted ? Plays.Snapshot()
            : Plays.SnapshotAt(wanted) is { } snapshot && snapshot.Files.All(file => file.Site != site || File.Exists(file.Path)) ? snapshot : null;

    /// <summary>Tries whether the lake can be read.</summary>
    /// <exception cref="LakeException">It cannot.</exception>
    public void CheckLake() => Lake.Snapshot();

    /// <summary>How large the lake and the columns are, and how far; cheap, whatever the size.</summary>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    public StoreStatus Status() => StoreStatus.Of(Lake.Snapshot(), columns);

    /// <summary>The time that one request may take, from now on: the token is cancelled once it is over.</summary>
    public CancellationTokenSource StartBudget() => new(Options.QueryTimeout, clock);

    /// <summary>A trace of a request that begins now, for <see cref="LakeReports.Trace"/>.</summary>
    public ReportTrace StartTrace() => new(clock);

    /// <inheritdoc/>
    public void Dispose()
    {
        Watch.Dispose();
        Engine.Dispose();
        Plays.Dispose();
        Facts.Dispose();
    }

    /// <summary>
    /// What answers are of. The first columns may be of an earlier version than what was answered before: until they have caught up, answers stay
    /// at that one, so that nothing that was seen is gone.
    /// </summary>
    private ColumnSet Newest()
    {
        if (columns?.Published is { } set)
            return Volatile.Read(ref answered) is var last && last.Version > set.Snapshot.Version ? WithoutColumns(last) : set;
        var snapshot = Lake.Snapshot();
        if (snapshot.Version > Volatile.Read(ref answered).Version)
            Volatile.Write(ref answered, snapshot);
        return WithoutColumns(snapshot);
    }

    private static ColumnSet WithoutColumns(LakeSnapshot snapshot) => new(snapshot, new Dictionary<string, SiteColumns>());

    internal SiteProfile Profile(string key) => profiles.GetValueOrDefault(key) ?? new SiteProfile { Key = key };

    internal IEnumerable<string> Configured => profiles.Keys;
}
