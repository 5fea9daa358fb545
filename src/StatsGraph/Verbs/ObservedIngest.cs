using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>One run of the ingest, with progress on a terminal. Shared by the verbs <c>ingest</c> and <c>demo</c>.</summary>
internal sealed class ObservedIngest(CommandHost host, Settings settings)
{
    private const string StandardInput = "-";

    /// <summary>Key of the site that the logs belong to.</summary>
    public required string Site { get; init; }

    /// <summary>MaxMind databases; empty for the one that ships with the product.</summary>
    public IReadOnlyList<string> GeoFiles { get; init; } = [];

    /// <summary>Compare only, and write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Take every file for a playlist.</summary>
    public bool OnlyPlays { get; init; }

    /// <summary>Show no progress.</summary>
    public bool Quiet { get; init; }

    /// <summary>Reads the logs. Relative paths, also of <see cref="GeoFiles"/>, start from the host's working folder.</summary>
    public IngestSummary Execute(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        using var ingest = new LogIngest(LakeTable.Open(settings.DataFolder), SiteIngest.Options(host, settings, Site) with
        {
            GeoFiles = [.. GeoFiles.Select(host.Located)],
            DryRun = DryRun,
            OnlyPlays = OnlyPlays,
        });
        IReadOnlyList<string> logs = [.. paths.Select(path => path == StandardInput ? path : host.Located(path))];
        return host.DrawsProgress && !Quiet
            ? IngestProgressBar.Show(host.Error, progress => ingest.Run(logs, host.OpenInput, progress, cancellation))
            : ingest.Run(logs, host.OpenInput, progress: null, cancellation);
    }
}
