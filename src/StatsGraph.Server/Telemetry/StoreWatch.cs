using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StatsGraph.Lake;
using StatsGraph.Reports;

namespace StatsGraph.Server.Telemetry;

/// <summary>
/// Keeps what metrics tell of the lake, the columns and the sites, so that telling it costs nothing and cannot fail: it is looked up beside, once a
/// second. What became of lines is read of each data file once, and only while somebody looks at the metrics.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="logger">Is told which sites cannot be looked at.</param>
internal sealed partial class StoreWatch(ReportStore store, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Sites are looked at when the lake has another version, and otherwise so often: stamps that were in the future are so no longer.</summary>
    private static readonly TimeSpan BetweenSiteLooks = TimeSpan.FromSeconds(30);

    /// <summary>Nobody looks any more when nobody has for so long: longer than what is usual between two scrapes.</summary>
    private static readonly TimeSpan Attention = TimeSpan.FromMinutes(10);

    private readonly TimeProvider clock = TimeProvider.System;
    private volatile StoreStatus? status;
    private volatile IReadOnlyList<SiteStatus> sites = [];
    private volatile bool isReadable;
    private volatile bool hasLooked;
    private bool hasFailed;
    private long askedAt;
    private long lookedAt;
    private long version = long.MinValue;

    /// <summary>What is known of the lake and the columns; null before the first look.</summary>
    public StoreStatus? Status => status;

    /// <summary>Whether the lake could be read at the last look; null before the first.</summary>
    public bool? IsReadable => hasLooked ? isReadable : null;

    /// <summary>What is known of each site: nothing before it was asked for here, for it is read because somebody asks.</summary>
    public IReadOnlyList<SiteStatus> Sites
    {
        get
        {
            Interlocked.Exchange(ref askedAt, clock.GetTimestamp());
            return sites;
        }
    }

    private bool IsAskedFor => Interlocked.Read(ref askedAt) is var at and > 0 && clock.GetElapsedTime(at) < Attention;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whoever starts the server does not wait for the first look.
        await Task.Yield();
        using var timer = new PeriodicTimer(BetweenLooks);
        do
        {
            await TryLookAsync(stoppingToken);
            hasLooked = true;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Never fails: the server answers whether or not it can be watched.</summary>
    private async Task TryLookAsync(CancellationToken stop)
    {
        try
        {
            status = store.Status();
            isReadable = true;
            if (IsAskedFor && store.Building is null)
            {
                await LookAtSitesAsync(stop);
            }

            hasFailed = false;
        }
        catch (LakeException)
        {
            // What was known stays, and the metrics say that the lake is not readable. Whoever asks the server is told more.
            isReadable = false;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            if (!hasFailed)
            {
                LogFailure(failure);
            }

            hasFailed = true;
        }
    }

    private async Task LookAtSitesAsync(CancellationToken stop)
    {
        using var reports = store.Open(isVisible: null);
        var isNew = reports.Version != version;
        if (!isNew && clock.GetElapsedTime(lookedAt) < BetweenSiteLooks)
        {
            return;
        }

        (lookedAt, version) = (clock.GetTimestamp(), reports.Version);
        var read = new List<SiteStatus>();
        foreach (var site in reports.All)
        {
            if (await TryReadAsync(site, isNew, stop) is { } known)
            {
                read.Add(known);
            }
        }

        sites = read;
    }

    /// <summary>What is known of a site; what was known before where that cannot be read.</summary>
    private async Task<SiteStatus?> TryReadAsync(SiteReports site, bool isNew, CancellationToken stop)
    {
        try
        {
            return await SiteStatus.ReadAsync(site, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            if (isNew)
            {
                LogUnreadable(site.Key, failure);
            }

            return sites.FirstOrDefault(known => known.Site == site.Key);
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "The lines of site {Site} cannot be counted for the metrics")]
    private partial void LogUnreadable(string site, Exception exception);

    [LoggerMessage(31, LogLevel.Warning, "The lake cannot be looked at for the metrics")]
    private partial void LogFailure(Exception exception);
}
