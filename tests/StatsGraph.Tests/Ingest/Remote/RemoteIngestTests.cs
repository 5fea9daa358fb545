using System.Text;
using StatsGraph.Ingest;
using StatsGraph.Tests.Ingest.Logs;
using StatsGraph.Tests.Ingest.Uploads;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Ingest.Remote;

/// <summary>Logs that are sent become what they become where they are read, and the sender is told the same.</summary>
public sealed class RemoteIngestTests : IAsyncDisposable
{
    private static readonly byte[] Log = Encoding.UTF8.GetBytes(SomeLine.Log(500));

    private readonly DataFolder local = new();

    public ValueTask DisposeAsync()
    {
        local.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Pieces_of_a_log_in_any_order_become_the_lines_of_one_clean_import_and_each_run_says_what_a_local_one_says(int seed)
    {
        var log = RandomLog.Make(new RandomLogOptions(seed, 300, "Europe/Berlin", new DateOnly(2026, 10, 1), Unfinished: seed % 2 == 0));
        var paths = log.Cut(seed).Select(piece => local.Write(piece.Name, piece.Bytes)).ToArray();
        using var clean = new DataFolder();
        clean.Ingest(clean.Write("access.log", log.ToBytes()));
        ShareKey(clean, local);
        await using var server = await UploadServer.StartAsync(linesPerCommit: 40, keyOf: clean);
        var first = paths.Length / 2;
        foreach (var run in new[] { paths[..first], paths[first..], paths })
        {
            var expected = local.Ingest(new IngestOptions { DataFolder = local.Data, Site = "main", LinesPerCommit = 40 }, run);
            // A server commits a log before the next one is sent, and so knows more of their common lines, whose clock is not looked at again.
            var actual = SomeSending.Run(server, run);
            Assert.Equal(SomeSending.Text(expected with { Warnings = [] }), SomeSending.Text(actual with { Warnings = [] }));
        }

        Assert.Equal(clean.Everything(), server.Folder.Everything());
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_log_that_grows_anywhere_is_the_log_read_at_its_end(int seed)
    {
        // Cut anywhere, so also in the middle of a line and between two equal ones.
        var bytes = RandomLog.Make(new RandomLogOptions(seed, 300, "Europe/Berlin", new DateOnly(2026, 10, 1))).ToBytes();
        local.Ingest(local.Write("access.log", bytes));
        await using var server = await UploadServer.StartAsync(linesPerCommit: 30, keyOf: local);
        var dice = new Random(seed);
        for (var length = 0; length < bytes.Length;)
        {
            length = Math.Min(bytes.Length, length + dice.Next(1, 4_000));
            var summary = SomeSending.Run(server, local.Write("growing.log", bytes[..length]));
            Assert.Empty(summary.Problems);
        }

        Assert.Equal(local.Everything(), server.Folder.Everything());
    }

    [Fact]
    public async Task What_the_server_has_is_not_sent_again()
    {
        var path = local.Write("access.log", Log);
        local.Ingest(path);
        await using var server = await UploadServer.StartAsync(keyOf: local);
        using var proxy = new CuttingProxy(server.Address);
        var options = SomeSending.Options(proxy.Address);
        Assert.Equal(500, SomeSending.Run(options, [path]).Classes[StatsGraph.Lake.LineClass.Listener]);
        var first = proxy.Sent;

        var again = SomeSending.Run(options, [path]);
        Assert.Equal((500, 500, 0), (again.Lines, again.AlreadyIngested, again.Classes.Values.Sum()));
        Assert.InRange(proxy.Sent - first, 100, 1_000);
        var second = proxy.Sent;

        var longer = SomeSending.Run(options, [local.Write("renamed.log", [.. Log, .. Encoding.UTF8.GetBytes(SomeLine.Log(3, first: 600))])]);
        Assert.Equal((503, 500, 3), (longer.Lines, longer.AlreadyIngested, longer.Classes.Values.Sum()));
        Assert.InRange(proxy.Sent - second, 100, 2_500);
        local.Ingest(local.At("renamed.log"));
        Assert.Equal(local.Everything(), server.Folder.Everything());
        var third = proxy.Sent;

        var packed = SomeSending.Run(options, [local.Write("access.log.1.gz", SomeArchive.Of("gzip", File.ReadAllBytes(local.At("renamed.log"))))]);
        Assert.Equal((503, 503), (packed.Lines, packed.AlreadyIngested));
        Assert.InRange(proxy.Sent - third, 100, 1_000);
    }

    [Fact]
    public async Task A_log_that_only_begins_like_the_known_one_is_sent_whole()
    {
        var known = local.Write("known.log", Log);
        byte[] other = [.. Log[..(Log.Length / 2)]];
        var line = Encoding.UTF8.GetString(other).Split('\n').Length / 2;
        var lines = Encoding.UTF8.GetString(Log).Split('\n');
        lines[line] = lines[line].Replace("/live.mp3", "/else.mp3", StringComparison.Ordinal);
        string[] paths =
        [
            known,
            local.Write("older.log", Log[..(Log.Length / 2)]),
            local.Write("other.log", string.Join('\n', lines)),
            local.Write("longer.log", string.Join('\n', lines) + SomeLine.Log(5, first: 900)),
            local.Write("shorter.log", string.Join('\n', lines)[..(Log.Length / 3)]),
        ];
        await using var server = await ServerOfLocalKeyAsync();
        foreach (var path in paths.Concat(paths.Reverse()))
            Assert.Equal(SomeSending.Text(local.Ingest(path)), SomeSending.Text(SomeSending.Run(server, path)));
        Assert.Equal(local.Everything(), server.Folder.Everything());
    }

    [Theory]
    [InlineData("gzip", "a.gz")]
    [InlineData("bzip2", "a.bz2")]
    [InlineData("zstd-checked", "a.zst")]
    public async Task Of_damaged_archives_the_lines_are_sent_that_a_local_run_keeps(string kind, string name)
    {
        var random = new Random(5);
        byte[] log = Encoding.UTF8.GetBytes(SomeLine.Log(3_000));
        var archive = SomeArchive.OfTwo(kind, log[..(log.Length / 2)], log[(log.Length / 2)..]);
        for (var flip = 0; flip < 12; flip++)
        {
            var damaged = archive.ToArray();
            damaged[random.Next(20, damaged.Length)] ^= (byte)(1 << random.Next(8));
            local.Write($"logs/{flip}.{name}", damaged);
        }

        local.Write($"logs/cut.{name}", archive[..^30]);
        await using var server = await ServerOfLocalKeyAsync();
        foreach (var path in Directory.GetFiles(local.At("logs")).Order(StringComparer.Ordinal))
        {
            var (expected, actual) = (local.Ingest(path), SomeSending.Run(server, path));
            Assert.Equal(expected.Problems, actual.Problems);
        }

        Assert.Equal(local.Everything(), server.Folder.Everything());
        var whole = local.Write(name, archive);
        local.Ingest(whole);
        SomeSending.Run(server, whole);
        Assert.Equal(local.Everything(), server.Folder.Everything());
    }

    [Theory]
    [InlineData("gzip", "a.gz")]
    [InlineData("plain", "a.log")]
    public async Task A_last_line_without_a_newline_waits_unless_an_archive_ends_with_it(string kind, string name)
    {
        byte[] cut = [.. Log, .. Log[..50]];
        var path = local.Write(name, kind == "plain" ? cut : SomeArchive.Of(kind, cut));
        var only = local.Write("only." + name, kind == "plain" ? cut[..30] : SomeArchive.Of(kind, cut[..30]));
        await using var server = await ServerOfLocalKeyAsync();
        for (var time = 0; time < 2; time++)
            Assert.Equal(SomeSending.Text(local.Ingest(path, only)), SomeSending.Text(SomeSending.Run(server, path, only)));
        Assert.Equal(local.Everything(), server.Folder.Everything());
    }

    [Fact]
    public async Task Standard_input_folders_and_globs_are_read_as_by_a_local_run()
    {
        local.Write("logs/access.log", Log);
        local.Write("logs/error.log", "[2026-11-22  17:00:00] INFO main/main Icecast\n");
        local.Write("logs/old/access.log.1.gz", SomeArchive.Of("gzip", Encoding.UTF8.GetBytes(SomeLine.Log(50, first: 700))));
        local.Write("foreign.log", string.Concat(Enumerable.Range(0, 5).Select(second => $"[2026-11-22  17:00:0{second}] INFO main/main Icecast 2.4.4 server started\n")));
        string[] paths = [local.At("logs"), local.At("lo*s/acc*"), local.At("no.log"), local.At("foreign.log"), "-"];
        var input = Encoding.UTF8.GetBytes(SomeLine.Log(20, first: 1_000));
        await using var server = await ServerOfLocalKeyAsync();
        for (var time = 0; time < 2; time++)
        {
            var expected = local.Ingest(new IngestOptions { DataFolder = local.Data, Site = "main" }, paths, input);
            Assert.Equal(SomeSending.Text(expected), SomeSending.Text(SomeSending.Run(SomeSending.Options(server.Address), paths, input)));
        }

        Assert.Equal(local.Everything(), server.Folder.Everything());
    }

    [Fact]
    public async Task A_dry_run_says_what_would_come_in_and_writes_nothing()
    {
        var path = local.Write("access.log", Log);
        await using var server = await UploadServer.StartAsync();
        var dry = SomeSending.Run(SomeSending.Options(server.Address) with { DryRun = true }, [path]);
        Assert.Equal((true, 500), (dry.IsDryRun, dry.Classes.Values.Sum()));
        Assert.False(Directory.Exists(server.Folder.Data));
    }

    [Fact]
    public async Task Warnings_are_those_of_a_local_run_over_the_whole_log()
    {
        var log = Enumerable.Range(0, 400).Select(index => SomeLine.Text(
            address: index % 3 == 0 ? "10.1.2.3" : "192.168.0.9",
            stamp: $"{(index < 300 ? 20 : 19)}/Nov/2026:{index / 60 % 24:00}:{index % 60:00}:00 +0000") + "\n");
        var path = local.Write("access.log", string.Concat(log));
        var clock = new StoppedClock(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero));
        var expected = local.Ingest(new IngestOptions { DataFolder = local.Data, Site = "main", Clock = clock }, [path]);
        Assert.Equal(["private-addresses", "clock-set-back", "future-stamps"], expected.Warnings.Select(warning => warning.Code));
        await using var server = await UploadServer.StartAsync(keyOf: local, clock: clock);
        Assert.Equal(expected.Warnings, SomeSending.Run(SomeSending.Options(server.Address) with { Clock = clock }, [path]).Warnings);
    }

    [Fact]
    public async Task Two_who_send_the_same_log_at_once_add_it_once()
    {
        var bytes = RandomLog.Make(new RandomLogOptions(31, 500, "Europe/Berlin", new DateOnly(2026, 10, 1))).ToBytes();
        var path = local.Write("access.log", bytes);
        var lines = local.Ingest(path).Lines;
        await using var server = await UploadServer.StartAsync(linesPerCommit: 20, keyOf: local);
        var both = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => SomeSending.Run(server, path))));
        Assert.Equal(lines, both.Sum(summary => summary.Classes.Values.Sum() + summary.Blank));
        Assert.Equal(local.Everything(), server.Folder.Everything());
    }

    [Fact]
    public async Task A_line_that_no_server_takes_ends_its_log_and_no_other()
    {
        byte[] endless = [.. Log, .. Enumerable.Repeat((byte)'a', 2 << 20), (byte)'\n', .. Encoding.UTF8.GetBytes(SomeLine.Log(5, first: 800))];
        var (first, second) = (local.Write("a.log", endless), local.Write("b.log", SomeLine.Log(7, first: 900)));
        await using var server = await UploadServer.StartAsync();
        var summary = SomeSending.Run(server, first, second);
        Assert.Equal(507, summary.Classes.Values.Sum());
        Assert.Equal(
            new IngestProblem(first, "its line 501 is longer than 1,048,576 bytes, which no server takes; what was read is kept"),
            Assert.Single(summary.Problems));
    }

    private static void ShareKey(DataFolder from, DataFolder to)
    {
        Directory.CreateDirectory(to.Data);
        File.Copy(Path.Combine(from.Data, "lake.key"), Path.Combine(to.Data, "lake.key"));
    }

    private async Task<UploadServer> ServerOfLocalKeyAsync()
    {
        StatsGraph.Lake.LakeKey.Open(local.Data);
        return await UploadServer.StartAsync(keyOf: local);
    }
}
