namespace StatsGraph.EndToEnd.Tests;

/// <summary>A big log must not need a big machine.</summary>
[Collection(Alone.Name)]
public sealed class MemoryTests
{
    private const long Gigabyte = 1L << 30;

    [Fact]
    public async Task A_log_of_300_megabytes_is_ingested_in_less_than_a_gigabyte_of_memory()
    {
        using var folder = new TemporaryFolder();
        var lines = WriteLog(folder["access.log"], 300_000_000);
        using var ingest = StatsGraphProcess.Start(folder, ["ingest", "--json", "access.log"]);
        var ended = ingest.EndAsync();
        var peak = 0L;
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, ingest.PeakResidentBytes() ?? 0);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var result = await ended;
        Assert.Equal((0, lines), (result.ExitStatus, result.Json.GetProperty("lines").GetInt64()));
        Assert.InRange(peak, 1, Gigabyte);
    }

    private static long WriteLog(string path, long bytes)
    {
        using var log = new StreamWriter(path);
        var (lines, written) = (0, 0L);
        while (written < bytes)
        {
            var line = SomeLog.Session(lines++, secondsApart: 1);
            log.Write(line);
            written += line.Length;
        }

        return lines;
    }
}
