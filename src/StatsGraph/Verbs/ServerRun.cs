using Microsoft.AspNetCore.Builder;
using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Lake;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Telemetry;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>A running server. Shared by the verbs <c>serve</c> and <c>demo</c>.</summary>
internal sealed class ServerRun(CommandHost outside, Settings settings, ListenUrls urls)
{
    /// <summary>Where lines are logged as JSON, whatever else is told while the server runs is a line of the same kind.</summary>
    private readonly CommandHost host = settings.Telemetry.LogFormat == LogFormat.Json
        ? outside with { Error = new JsonErrorLines(outside.Error, outside.Clock) } : outside;

    /// <summary>
    /// The addresses to listen on: those of the command line, else the configured ones. On one that other machines can reach, by themselves or
    /// through a proxy, there has to be a token that says who may read, unless everybody may.
    /// </summary>
    /// <exception cref="CommandException">
    /// An address is none, or is https without a certificate, or is reachable from elsewhere and nothing says by whom.
    /// </exception>
    public static ListenUrls Addresses(CommandHost host, Settings settings, string? asked)
    {
        var urls = asked is null ? settings.Urls : Parse(asked);
        if (settings.Certificate is null && urls.FirstHttps is { } https)
        {
            throw asked is null ? CommandException.Failed(ListenAddress.CertificateMissing(https))
                : CommandException.WrongUsage($"option '--urls': {ListenAddress.CertificateMissing(https)}");
        }

        // A proxy may ask everybody who they are itself: who says that such a server is open means it.
        if (urls.LoopbackOnly && (settings.Proxies.Count == 0 || settings.Access == AccessMode.Open))
        {
            return urls;
        }

        if (settings.Access == AccessMode.Open)
        {
            throw CommandException.Failed($"setting Server:Access: 'open' lets everybody do everything, and {urls.Text} can be reached from other machines");
        }

        return settings.Public || new TokenFolder(settings.DataFolder, host.Clock).HasUsable ? urls
            : throw CommandException.WrongUsage(
                $"{urls.Text} can be reached from other machines{(urls.LoopbackOnly ? " through Server:Proxies" : "")}, and there is no token that says who may read: make one with "
                + "'statsgraph token add --scope read', or add --public to let everybody read everything");
    }

    /// <summary>Serves, follows logs and prunes sites where that is configured, and cares for the lake, until the cancellation.</summary>
    public async Task UntilStoppedAsync(CancellationToken cancellation)
    {
        using var columns = Stores.StartColumns(host, settings);
        using var store = Stores.Open(host, settings, columns);
        using var uploads = new LogUploads(LakeTable.Open(settings.DataFolder, host.Clock), IngestOptionsOf, settings.Uploads);
        var schedules = new ScheduleRuns(host, settings);
        var options = Options(schedules);
        using var runner = schedules.Open(store, options);
        await using var server = StatsGraphServer.Build(options, store, uploads);
        await server.StartAsync(cancellation);
        foreach (var url in server.Urls)
        {
            await host.Output.WriteLineAsync($"Home     {url}{settings.PathBase}/");
            await host.Output.WriteLineAsync($"GraphQL  {url}{settings.PathBase}/graphql  (the IDE: {url}{settings.PathBase}/graphql/)");
        }

        await host.Output.WriteLineAsync("Ctrl-C stops.");
        await host.Output.FlushAsync(cancellation);
        var lake = LakeTable.Open(settings.DataFolder, host.Clock);

        // It stops listening at once, whatever the others have to finish yet.
        await Task.WhenAll(
            StopAsync(server, cancellation),
            new SiteFollows(host, settings).UntilStoppedAsync(cancellation),
            runner.UntilStoppedAsync(cancellation),
            new SitePrune(host, settings, lake).UntilStoppedAsync([.. settings.Sites.Keys], cancellation),
            new LakeCare(host, Stores.Tables(host, settings.DataFolder), settings.DataFolder).UntilStoppedAsync(cancellation));
    }

    /// <summary>Waits for the cancellation, and has what is being answered then answered to its end.</summary>
    private static async Task StopAsync(WebApplication server, CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.StopAsync(CancellationToken.None);
    }

    private ServerOptions Options(ScheduleRuns schedules) => new()
    {
        Urls = urls.Text,
        PathBase = settings.PathBase,
        Proxies = settings.Proxies,
        Certificate = settings.Certificate,
        HstsDays = settings.HstsDays,
        AllowedHosts = settings.AllowedHosts,
        Cors = settings.Cors,
        Embed = settings.Embed,
        AnswerCacheBytes = settings.AnswerCacheBytes,
        CacheControl = settings.CacheControl,
        Explain = settings.Explain,
        Introspection = settings.Introspection,
        QueriesFolder = QueriesFolder(),
        TrustedDocumentsOnly = settings.TrustedDocumentsOnly,
        Limits = settings.Limits,
        Live = settings.Live,
        Access = settings.Access,
        DataFolder = settings.DataFolder,
        Compliance = Stores.Compliance(settings),
        Paper = settings.Paper,
        Fonts = settings.Fonts,
        Public = settings.Public,
        PublicSites = [.. settings.Sites.Where(site => site.Value.IsPublic).Select(site => site.Key)],
        CallerLimits = settings.CallerLimits,
        Clock = host.Clock,
        Telemetry = settings.Telemetry,
        LogLevel = settings.LogLevel,
        Schedules = schedules.Book,
    };

    /// <summary>A log that is sent is read as one that is followed is.</summary>
    private IngestOptions IngestOptionsOf(string site) => SiteIngest.Options(host, settings, site);

    /// <summary>A folder that is not there would be a wrong path, mostly, and nobody would be told.</summary>
    private string? QueriesFolder()
        => settings.QueriesFolder is not { } folder || Directory.Exists(folder) ? settings.QueriesFolder
            : throw CommandException.Failed($"setting Server:Queries: there is no folder '{folder}'");

    private static ListenUrls Parse(string asked)
    {
        try
        {
            return ListenUrls.Parse(asked);
        }
        catch (FormatException invalid)
        {
            throw CommandException.WrongUsage($"option '--urls': {invalid.Message}", invalid);
        }
    }
}
