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

    [Theory]
    [InlineData("curl -sS -f -T access.log -X POST -H 'Content-Type: application/octet-stream' ADDRESSingest/default", 0)]
    [InlineData("\"$0\" ingest --json --url ADDRESS access.log", 0)]
    [InlineData("head -c 20G /dev/zero | gzip -1 | curl -sS -X POST -T - -H 'Content-Type: application/octet-stream' ADDRESSingest/default", 1)]
    [InlineData("head -c 20G /dev/zero | tr '\\0' a | gzip -1 | curl -sS -X POST -T - -H 'Content-Type: application/octet-stream' ADDRESSingest/default", 1)]
    public async Task A_server_takes_300_megabytes_or_refuses_a_bomb_in_less_than_a_gigabyte_of_memory(string script, int errors)
    {
        using var folder = new TemporaryFolder();
        var lines = WriteLog(folder["access.log"], errors == 0 ? 300_000_000 : 0);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var address = await ServeTests.AddressAsync(server);
        var sent = await StatsGraphProcess.RunScriptAsync(folder, script.Replace("ADDRESS", address.ToString(), StringComparison.Ordinal));
        var peak = server.PeakResidentBytes();
        Assert.True(sent.ExitStatus == 0 || errors > 0, sent.Error);
        if (errors == 0)
            Assert.Equal(lines, sent.Json.GetProperty("classes").GetProperty("listener").GetInt64());
        else
            Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "--url", address.ToString(), "access.log"])).ExitStatus);
        Assert.InRange(peak ?? 0, 1, Gigabyte);
        await server.TerminateAsync();
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
