using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>One run of the ingest, with progress on a terminal. Shared by the verbs <c>ingest</c> and <c>demo</c>.</summary>
internal sealed class IngestRun(CommandHost host, Settings settings)
{
    /// <summary>Key of the site that the logs belong to.</summary>
    public required string Site { get; init; }

    /// <summary>MaxMind databases; empty for the one that ships with the product.</summary>
    public IReadOnlyList<string> GeoFiles { get; init; } = [];

    /// <summary>Reads the logs. Relative paths start from the working folder.</summary>
    public IngestSummary Execute(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var ingest = new LogIngest(LakeTable.Open(settings.DataFolder), new IngestOptions
        {
            DataFolder = settings.DataFolder,
            Site = Site,
            GeoFiles = GeoFiles,
            Rules = settings.Site(Site).Rules,
        });
        return host.DrawsProgress
            ? IngestProgressBar.Show(host.Error, progress => ingest.Run(paths, host.OpenInput, progress, cancellation))
            : ingest.Run(paths, host.OpenInput, progress: null, cancellation);
    }
}
