using System.Globalization;
using StatsGraph.Configuration;
using StatsGraph.Lake;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>
/// Takes old lines out of the lake. Shared by the verb <c>prune</c>, and by <c>ingest</c> and <c>serve</c> where a site is configured so.
/// </summary>
internal sealed class SitePrune(CommandHost host, Settings settings, LakeTable lake)
{
    private static readonly TimeSpan BetweenPrunes = TimeSpan.FromDays(1);

    /// <summary>Prunes a site. Tells how many lines were removed, or would be, and what was done in one line without a newline.</summary>
    public (long Lines, string Text) Run(string site, Retention retention, bool dryRun, CancellationToken cancellation)
    {
        var zone = settings.Site(site).Profile.TimeZone;
        var cutoff = retention.Cutoff(host.Clock.GetUtcNow(), zone);
        var result = lake.Prune(site, cutoff, dryRun, cancellation);
        var since = NodaTime.Instant.FromDateTimeOffset(cutoff).InZone(NodaTime.DateTimeZoneProviders.Tzdb[zone]);
        return (result.Lines, $"Site {site}: {Told(result, dryRun)} from before {since.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)} ({zone})"
            + (result.KeptForVisits == 0 ? "." : Text($"; {Counted(result.KeptForVisits, "older session")} kept, whose visits go on after that.")));
    }

    /// <summary>Prunes a site that is configured to forget; what fails is said in one line, and fails nothing else.</summary>
    public void RunIfConfigured(string site, CancellationToken cancellation)
    {
        if (settings.Site(site).Retention is not { } retention)
        {
            return;
        }

        try
        {
            Run(site, retention, dryRun: false, cancellation);
        }
        catch (LakeException failure)
        {
            host.Error.WriteLine(ErrorLine.Of($"old lines of site {site} could not be removed, which is tried again later: {failure.Message}"));
        }
    }

    /// <summary>Prunes those of the sites that are configured to forget, now and then once a day, until the cancellation.</summary>
    public async Task UntilStoppedAsync(IReadOnlyCollection<string> sites, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Run(() => RunAllConfigured(sites, cancellation), CancellationToken.None);
            await Task.Delay(BetweenPrunes, host.Clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void RunAllConfigured(IReadOnlyCollection<string> sites, CancellationToken cancellation)
    {
        try
        {
            foreach (var site in sites)
            {
                RunIfConfigured(site, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The next one goes on.
        }
    }

    private static string Told(PruneResult result, bool dryRun)
        => result.Lines == 0 ? "nothing to remove"
            : dryRun ? Text($"nothing was changed; a prune would remove {Counted(result.Lines, "line")}")
            : Text($"removed {Counted(result.Lines, "line")} ({Counted(result.FilesDropped, "file")} dropped, {result.FilesRewritten:N0} rewritten)");

    private static string Counted(long count, string noun) => Text($"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
