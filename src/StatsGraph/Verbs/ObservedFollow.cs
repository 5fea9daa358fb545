using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>One following of live logs, whose news go to standard error. Shared by the verbs <c>ingest</c> and <c>serve</c>.</summary>
internal sealed class ObservedFollow(CommandHost host, Settings settings)
{
    /// <summary>Key of the site that the logs belong to.</summary>
    public required string Site { get; init; }

    /// <summary>MaxMind databases; empty for the one that ships with the product.</summary>
    public IReadOnlyList<string> GeoFiles { get; init; } = [];

    /// <summary>Longest time from a line's being read to its commit.</summary>
    public TimeSpan CommitEvery { get; init; } = FollowOptions.Default.CommitEvery;

    /// <summary>Tell no news but troubles.</summary>
    public bool Quiet { get; init; }

    /// <summary>Follows the logs until it is told to stop. Relative paths, also of <see cref="GeoFiles"/>, start from the host's working folder.</summary>
    /// <exception cref="IngestException">A geolocation file or a rule is wrong, or a path cannot be followed.</exception>
    /// <exception cref="LakeException">The key of the data folder cannot be opened.</exception>
    public async Task<IngestSummary> UntilStoppedAsync(IReadOnlyList<string> paths, CancellationToken stop)
    {
        var options = SiteIngest.Options(host, settings, Site) with { GeoFiles = [.. GeoFiles.Select(host.Located)] };
        using var follow = new LogFollow(
            LakeTable.Open(settings.DataFolder, host.Clock),
            options,
            [.. paths.Select(host.Located)],
            FollowOptions.Default with { CommitEvery = CommitEvery, Time = host.Clock },
            Tell);
        return await follow.RunAsync(stop);
    }

    private void Tell(FollowNews news)
    {
        if (!Quiet || news.Kind is FollowNewsKind.Trouble or FollowNewsKind.Mended)
        {
            host.Error.WriteLine(ErrorLine.Of(news.Text));
        }
    }
}
