using StatsGraph.Lake;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports;

/// <summary>All sites, or those that one may see, at one version of the lake. What it took into use is given back when it is disposed.</summary>
public sealed class LakeReports : IDisposable
{
    /// <summary>Each value of minDuration has a table of sessions of its own, so one request gets no more than these.</summary>
    private const int MostMinDurations = 4;

    private static readonly Pager ByKey = new("Sites", new SortOrder(false), 1);

    private readonly ReportStore store;
    private readonly LakeSnapshot snapshot;
    private readonly Dictionary<string, SiteReports> sites;
    private readonly Lock gate = new();
    private readonly Dictionary<(string Site, long MinDuration), Task<SessionTable>> tables = [];
    private bool isDisposed;

    internal LakeReports(ReportStore store, ColumnSet columns, LakeSnapshot plays, Func<string, bool>? isVisible, NodaTime.Instant now)
    {
        (this.store, snapshot, PlaysSnapshot, HasAll, Now) = (store, columns.Snapshot, plays, isVisible is null, now);
        sites = snapshot.Sites.Union(plays.Sites, StringComparer.Ordinal).Union(store.Configured, StringComparer.Ordinal)
            .Where(key => isVisible is null || isVisible(key))
            .ToDictionary(
                key => key,
                key => new SiteReports(
                    store, this, store.Profile(key), SiteLines.Of(store.Lake, snapshot, key), columns.Sites.GetValueOrDefault(key)));
    }

    /// <summary>Delta version of the lake; -1 while it is empty.</summary>
    public long Version => snapshot.Version;

    /// <summary>Delta version of the table of plays; -1 while there are none.</summary>
    public long PlaysVersion => PlaysSnapshot.Version;

    /// <summary>The table of plays at that version.</summary>
    internal LakeSnapshot PlaysSnapshot { get; }

    /// <summary>Tells this version from one of the same number in another lake; null where the lake has its commit no more.</summary>
    public string? Mark => store.Lake.MarkOf(Version);

    /// <summary>Tells the version of the plays from one of the same number in another lake; null where the table has its commit no more.</summary>
    public string? PlaysMark => store.Plays.MarkOf(PlaysVersion);

    /// <summary>Whether no site was left out.</summary>
    public bool HasAll { get; }

    /// <summary>Whether no file was done without.</summary>
    public bool IsWhole { get; internal init; } = true;

    /// <summary>The instant that all answers take for now.</summary>
    public NodaTime.Instant Now { get; }

    /// <summary>
    /// From when on what was answered so far may be another answer although the lake is the same: a day begins, or a stamp is in the future no
    /// longer.
    /// </summary>
    public NodaTime.Instant AnswersEnd { get; private set; } = NodaTime.Instant.MaxValue;

    /// <summary>Where what answering takes is noted, set before anything is asked; null while nobody wants to know.</summary>
    public ReportTrace? Trace { get; set; }

    /// <summary>Sites by key.</summary>
    /// <exception cref="ReportException">The page size or a cursor is wrong.</exception>
    public Page<SiteReports> Sites(PageRequest page)
    {
        Pager.Check(page);
        return ByKey.Cut(sites.Values, site => new SortKey(site.Key), page);
    }

    /// <summary>All sites, in no order.</summary>
    public IReadOnlyCollection<SiteReports> All => sites.Values;

    /// <summary>A site, or null when there is none of that key.</summary>
    public SiteReports? Site(string key) => sites.GetValueOrDefault(key);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            foreach (var table in tables.Values)
                _ = GiveBackAsync(table);
            tables.Clear();
        }
    }

    /// <summary>Name of the session table of a site, in use until this is disposed.</summary>
    internal async Task<string> SessionsAsync(SiteLines lines, SiteProfile profile, long minDuration, CancellationToken cancellation)
    {
        Task<SessionTable>? table;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            CheckMinDurations(lines.Site, minDuration);
            if (!tables.TryGetValue((lines.Site, minDuration), out table) || table is { IsCompleted: true, IsCompletedSuccessfully: false })
                table = tables[(lines.Site, minDuration)] = TakeAsync(lines, profile, minDuration, cancellation);
        }

        return (await table).Name;
    }

    /// <summary>Says that an answer holds no longer than up to an instant; up to now where it tells of more than the lake.</summary>
    public void EndAnswersAt(NodaTime.Instant instant)
    {
        lock (gate)
            AnswersEnd = NodaTime.Instant.Min(AnswersEnd, instant);
    }

    /// <summary>Takes a table into use; a trace tells of one that had to be made.</summary>
    private async Task<SessionTable> TakeAsync(SiteLines lines, SiteProfile profile, long minDuration, CancellationToken cancellation)
    {
        var step = Trace?.Of(lines.Site).Begin(FigureNames.Sessions, LakeRoad.Name);
        var taken = store.Tables.UseAsync(lines, profile.MountAliases, minDuration, cancellation);
        if (step is null || taken.IsCompleted)
            return await taken;
        var table = await taken;
        try
        {
            step.End(lines.Rows, await SessionTables.CountAsync(store.Engine, table.Name, cancellation));
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private void CheckMinDurations(string site, long minDuration)
    {
        if (tables.ContainsKey((site, minDuration)) || tables.Keys.Count(key => key.Site == site) < MostMinDurations)
            return;
        var value = FormattableString.Invariant($"{minDuration}");
        throw new ReportException(
            ReportErrorCodes.MinDuration,
            $"'minDuration' {value} is one value too many: a request may ask for {MostMinDurations} of one site; ask for the others apart.",
            value,
            MostMinDurations);
    }

    private static async Task GiveBackAsync(Task<SessionTable> table)
    {
        try
        {
            (await table).Dispose();
        }
        catch (Exception exception) when (exception is QueryException or LakeException or OperationCanceledException)
        {
            // It was never taken into use; whoever waited for it has been told why.
        }
    }
}
