using System.Text.Json;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Plays;
using StatsGraph.Ingest.Uploads;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace StatsGraph.Ingest.Remote;

/// <summary>
/// Sends playlists, each whole and in one request: they are small, and the server tells by content which rows it has, so that one may be sent as often
/// as one likes.
/// </summary>
/// <param name="server">Takes them.</param>
/// <param name="options">How.</param>
/// <param name="cancellation">Ends the sending.</param>
internal sealed class RemotePlaylists(RemoteServer server, RemoteOptions options, CancellationToken cancellation)
{
    private readonly PlayTally tally = new(_ => 1);
    private readonly List<IngestWarning> warnings = [];
    private int files;
    private long rows;
    private long waiting;

    /// <summary>What became of the rows so far; null where none was sent.</summary>
    public PlaySummary? Summary => files == 0 ? null : tally.Summary(files, rows, waiting);

    /// <summary>What the server warned of.</summary>
    public IReadOnlyList<IngestWarning> Warnings => warnings;

    /// <summary>Sends a playlist.</summary>
    /// <exception cref="BrokenLogException">It cannot be read.</exception>
    /// <exception cref="RemoteRefusal">The server does not take it.</exception>
    /// <exception cref="IngestException">The server cannot be used.</exception>
    public void Send(LogFile log, Func<Stream> standardInput)
    {
        var body = Compress(log, standardInput);
        files++;
        // What was new to an attempt that failed is known to the next one.
        var news = 0L;
        using var answer = server.SendPlaysAsync(body, failure => news += Take(Read(failure, log), known: _ => 0), cancellation).GetAwaiter().GetResult();
        var plays = Read(answer.RootElement, log);
        Take(plays, known => known - news);
        waiting += plays?.Waiting ?? 0;
        warnings.AddRange(IngestSummaryJson.ReadWarnings(answer.RootElement));
    }

    /// <summary>Takes in what an answer tells; how many rows were new.</summary>
    private long Take(PlaySummary? plays, Func<long, long> known)
    {
        if (plays is null)
            return 0;
        tally.Add(plays with { AlreadyIngested = known(plays.AlreadyIngested) });
        var news = plays.Plays + plays.Breaks + plays.Rejected;
        rows += news + known(plays.AlreadyIngested);
        return news;
    }

    private PlaySummary? Read(JsonElement answer, LogFile log)
    {
        try
        {
            return IngestSummaryJson.ReadPlays(answer, [.. PartFindings.ReadExamples(answer, log.Name, linesBefore: 0)]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new IngestException($"{options.Url}: the server's answer is no summary of a playlist; expected a server of this version", exception);
        }
    }

    /// <summary>The body: one zstd frame with a checksum. An archive stays one within it, as the server tells its end by that.</summary>
    private static byte[] Compress(LogFile log, Func<Stream> standardInput)
    {
        try
        {
            using var file = log.Path is null ? standardInput() : new FileStream(
                log.Path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan });
            using var body = new MemoryStream();
            using (var compression = new CompressionStream(body, leaveOpen: true))
            {
                compression.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
                file.CopyTo(compression);
            }

            return body.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BrokenLogException($"it cannot be read: {exception.Message}", exception);
        }
    }
}
