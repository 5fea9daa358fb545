using StatsGraph.Ingest;
using StatsGraph.Ingest.Remote;
using StatsGraph.Tests.Ingest.Uploads;

namespace StatsGraph.Tests.Ingest.Remote;

/// <summary>Sends logs as the command does, in small parts and without long pauses.</summary>
internal static class SomeSending
{
    public static RemoteOptions Options(Uri address, string site = "main") => new()
    {
        Url = address,
        Site = site,
        Attempts = 1,
        FirstPause = TimeSpan.FromMilliseconds(1),
        PartBytes = 2_000,
    };

    public static IngestSummary Run(RemoteOptions options, IReadOnlyList<string> paths, byte[]? standardInput = null)
    {
        using var remote = new RemoteIngest(options);
        return remote.Run(paths, () => new MemoryStream(standardInput ?? []), progress: null, TestContext.Current.CancellationToken);
    }

    public static IngestSummary Run(UploadServer server, params string[] paths) => Run(Options(server.Address), paths);

    /// <summary>The summary without what the machine decides.</summary>
    public static string Text(IngestSummary summary)
        => UploadTests.WithoutTime(UploadTests.Print(summary))
            + string.Join('\n', summary.Examples.Select(example => $"{example}").Concat(summary.Problems.Select(problem => $"{problem}")).Concat(summary.Notes));
}
