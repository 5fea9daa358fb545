using System.Net;
using System.Net.Sockets;
using System.Text;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Tests.Ingest.Uploads;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Ingest.Remote;

/// <summary>Wherever the connection breaks, the next run completes what one clean import would have made.</summary>
public sealed class BrokenConnectionTests
{
    private static readonly byte[] Log = RandomLog.Make(new RandomLogOptions(41, 60, "Europe/Berlin", new DateOnly(2026, 10, 1))).ToBytes();

    public static TheoryData<bool, bool> Ways => new() { { true, true }, { true, false }, { false, true }, { false, false } };

    /// <summary>The listener's hash depends on the site, and each cut has a site of its own.</summary>
    private const string Rows = "select line_hash, ordinal, class, reason, ended_at, duration, bytes, mount, address, user_agent, country from line order by line_hash, ordinal";

    private const string Plays = "select line_hash, ordinal, class, started_at, mount, artist, title from play order by line_hash, ordinal";

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Wherever_it_breaks_the_next_try_completes_the_import(bool isSent, bool triesAgain)
    {
        using var clean = new DataFolder();
        var path = clean.Write("access.log", Log);
        var lines = clean.Ingest(path).Lines;
        var expected = clean.Query(Rows);

        await BreakEverywhereAsync(clean, path, parts: 41, isSent, triesAgain, (folder, site, summary) =>
        {
            Assert.Equal((lines, lines), (summary.Lines, summary.AlreadyIngested + summary.Blank + summary.Classes.Values.Sum()));
            Assert.Equal(expected, RowsOf(folder, site));
        });
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task So_it_does_with_a_playlist(bool isSent, bool triesAgain)
    {
        using var clean = new DataFolder();
        var path = clean.Write("playlist.log", string.Concat(Enumerable.Range(0, 200).Select(number => FormattableString.Invariant(
            $"01/Oct/2026:{number / 60:00}:{number % 60:00}:00 +0000|/live.mp3|{number}|Artist {number % 7} - Title {number}\n"))));
        clean.Ingest(path);
        var expected = clean.Plays(Plays);

        await BreakEverywhereAsync(clean, path, parts: 7, isSent, triesAgain, (folder, site, summary) =>
        {
            Assert.Equal((200L, 200L), (summary.Plays!.Rows, summary.Plays.AlreadyIngested + summary.Plays.Plays));
            Assert.Equal(expected, DataFolder.Plays(Plays, LakeTable.OpenPlays(folder.Data).Snapshot().Files.Where(file => file.Site == site)));
        });
    }

    /// <summary>Sends a file once for each part of what goes over the connection, to a site of its own, and breaks the connection there.</summary>
    private static async Task BreakEverywhereAsync(
        DataFolder keyOf, string path, int parts, bool isSent, bool triesAgain, Action<DataFolder, string, IngestSummary> check)
    {
        await using var server = await UploadServer.StartAsync(linesPerCommit: 7, keyOf: keyOf);
        using var whole = new CuttingProxy(server.Address);
        SomeSending.Run(SomeSending.Options(whole.Address, "whole"), [path]);
        var bytes = isSent ? whole.Sent : whole.Received;
        var broken = 0;
        for (var (cut, number) = (0L, 0); cut < bytes; cut += Math.Max(1, bytes / parts), number++)
        {
            using var proxy = new CuttingProxy(server.Address);
            if (isSent)
                proxy.CutAfterSent(cut);
            else
                proxy.CutAfterReceived(cut);
            var options = SomeSending.Options(proxy.Address, $"cut{number}") with
            {
                Attempts = triesAgain ? 3 : 1,
                Tell = _ =>
                {
                    broken++;
                    proxy.Mend();
                },
            };
            if (!triesAgain)
            {
                broken += Breaks(options, path) ? 1 : 0;
                proxy.Mend();
            }

            check(server.Folder, $"cut{number}", SomeSending.Run(options, [path]));
        }

        Assert.InRange(broken, parts * 6 / 7, parts * 11 / 9);
    }

    [Fact]
    public void One_who_cannot_be_reached_is_tried_again_and_then_given_up_by_name()
    {
        using var folder = new DataFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var told = new List<string>();
        var options = SomeSending.Options(new Uri($"http://127.0.0.1:{port}")) with { Attempts = 3, Tell = told.Add };
        var failure = Assert.Throws<IngestException>(() => SomeSending.Run(options, [folder.Write("access.log", Log)]));
        Assert.Equal(
            $"http://127.0.0.1:{port}/ingest/main: it cannot be reached: Connection refused; gave up after 3 attempts; what was sent before is kept, run it again",
            failure.Message);
        Assert.Equal(2, told.Count);
        Assert.All(told, line => Assert.Matches("it cannot be reached: Connection refused; trying again in 0 s$", line));
    }

    [Theory]
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", "the server does not know the token (401); expected one that it was given and that still holds")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "the token may not send logs for site 'main' (403)")]
    [InlineData("HTTP/1.1 413 Request Entity Too Large\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n", "what stands before the server takes no body of that size (413); expected a proxy that takes 32 MiB")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n", "no StatsGraph server that takes logs answers there, got 404 text/html; expected the address that 'statsgraph serve' shows")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi", "no StatsGraph server that takes logs answers there, got 200 text/html; expected the address that 'statsgraph serve' shows")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "no StatsGraph server that takes logs answers there, got no 'length'; expected the address that 'statsgraph serve' shows")]
    [InlineData("HTTP/1.1 301 Moved\r\nLocation: https://else.example.org/\r\nContent-Length: 0\r\n\r\n", "it is elsewhere (301); give the address that it names: https://else.example.org/")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "no StatsGraph server that takes logs answers there, got no HTTP; expected the address that 'statsgraph serve' shows")]
    public async Task What_stands_in_the_way_is_told_with_what_was_expected(string answer, string message)
    {
        using var folder = new DataFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var serving = AnswerOnceAsync(listener, answer);
        var path = folder.Write("access.log", Log);
        var failure = Assert.Throws<IngestException>(() => SomeSending.Run(SomeSending.Options(address) with { Token = "abc" }, [path]));
        Assert.Equal($"{address}ingest/main: {message}", failure.Message);
        await serving;
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_is_told()
    {
        using var folder = new DataFolder();
        await using var server = await UploadServer.StartAsync();
        var path = folder.Write("access.log", Log);
        var failure = Assert.Throws<IngestException>(
            () => SomeSending.Run(SomeSending.Options(new Uri($"https://127.0.0.1:{server.Address.Port}/")), [path]));
        Assert.StartsWith($"https://127.0.0.1:{server.Address.Port}/ingest/main: no secure connection: ", failure.Message, StringComparison.Ordinal);
    }

    private static async Task AnswerOnceAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var buffer = new byte[4_096];
        _ = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        _ = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
    }

    private static bool Breaks(StatsGraph.Ingest.Remote.RemoteOptions options, string path)
    {
        try
        {
            SomeSending.Run(options, [path]);
            return false;
        }
        catch (IngestException)
        {
            return true;
        }
    }

    private static IReadOnlyList<string> RowsOf(DataFolder folder, string site)
        => DataFolder.Query(Rows, LakeTable.Open(folder.Data).Snapshot().Files.Where(file => file.Site == site));
}
