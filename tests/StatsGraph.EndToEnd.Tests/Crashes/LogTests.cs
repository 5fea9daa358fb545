using System.IO.Compression;

namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>Logs that vanish, shrink or cannot be read, beside one that is well.</summary>
public sealed class LogTests
{
    /// <summary>So long that the reader is still at its beginning when the first lines are committed.</summary>
    private const int Many = 400_000;

    [Theory]
    [InlineData(false, "what was read is kept")]
    [InlineData(true, @"lines 1 to (\d+,\d+) of it \(\1\) are already in the lake and may be damaged, none after them is kept")]
    public async Task A_log_that_is_truncated_while_it_is_read_is_told_and_what_was_committed_of_it_stays(bool compressed, string fate)
    {
        using var folder = new TemporaryFolder();
        using var ingest = await StartOnLargeLogAsync(folder, compressed);
        // As other programs do it: without .NET's lock.
        using (var log = new FileStream(folder["a.log"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            log.SetLength(10);
        }

        var result = await ingest.EndAsync();
        Assert.Equal(1, result.ExitStatus);
        Assert.Matches(@"\Astatsgraph: a\.log: it was truncated while it was read: \d+ bytes were read of it and it has 10; " + fate + @"\n\z", result.Error);
        var classes = result.Json.GetProperty("classes");
        Assert.Equal((2, 0), (result.Json.GetProperty("files").GetInt32(), classes.GetProperty("rejected").GetInt32()));
        var read = classes.GetProperty("listener").GetInt32();
        Assert.InRange(read, 3, Many);
        var (lines, _, hours) = await Lake.TotalsAsync(folder, "data");
        Assert.Equal(read, lines);
        Assert.True(hours > 0);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_log_that_is_deleted_or_replaced_while_it_is_read_is_read_to_its_end(bool compressed, bool replaced)
    {
        using var folder = new TemporaryFolder();
        using var ingest = await StartOnLargeLogAsync(folder, compressed);
        if (replaced)
        {
            folder.Write("new.log", SomeLog.Session(1_000_000, secondsApart: 1));
            File.Move(folder["new.log"], folder["a.log"], overwrite: true);
        }
        else
        {
            File.Delete(folder["a.log"]);
        }

        var result = await ingest.EndAsync();
        Assert.Equal((0, "", Many + 2),
            (result.ExitStatus, result.Error, result.Json.GetProperty("classes").GetProperty("listener").GetInt32()));
        if (replaced)
        {
            var next = await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "a.log"]);
            Assert.Equal(1, next.Json.GetProperty("classes").GetProperty("listener").GetInt32());
        }
    }

    [Theory]
    [InlineData("rm a.log", "a.log: it cannot be read: Could not find file")]
    [InlineData("chmod 0 a.log", "a.log: it cannot be read: Access to the path")]
    public async Task A_log_that_cannot_be_opened_is_told_and_the_others_are_read(string change, string complaint)
    {
        Assert.SkipWhen(Environment.UserName != "root" && change.StartsWith("chmod", StringComparison.Ordinal),
            "another user is needed, and only root can become one");
        using var folder = new TemporaryFolder();
        folder.Write("a.log", SomeLog.Sessions(5));
        folder.Write("b.log", SomeLog.Sessions(7, "/jazz.mp3"));
        // The run waits at a pipe that is named before the logs, until they have changed.
        var script = $"chmod 755 . && mkdir data && chmod 777 data && mkfifo pipe && "
            + $"{{ {AsNobody()} \"$0\" ingest --json pipe a.log b.log > out & }} && exec 3> pipe && {change} && cat b.log >&3 && exec 3>&- && wait $!; s=$?; cat out; exit $s";
        var result = await StatsGraphProcess.RunScriptAsync(folder, script);
        Assert.Equal(1, result.ExitStatus);
        Assert.StartsWith($"statsgraph: {complaint}", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Equal((7, 7), (result.Json.GetProperty("classes").GetProperty("listener").GetInt32(), result.Json.GetProperty("alreadyIngested").GetInt32()));
    }

    [Fact]
    public async Task A_pipe_is_read_where_it_is_named_and_left_out_of_a_folder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["logs"]);
        folder.Write("logs/access.log", SomeLog.Sessions(3));
        var result = await StatsGraphProcess.RunScriptAsync(folder, "mkfifo logs/pipe && \"$0\" ingest --json logs 'logs/*'");
        Assert.Equal((0, 3), (result.ExitStatus, result.Json.GetProperty("lines").GetInt32()));
        Assert.Equal(
            "statsgraph: logs/pipe: skipped, a pipe, socket or device\nstatsgraph: logs/pipe: skipped, a pipe, socket or device\n", result.Error);

        folder.Write("more.log", SomeLog.Sessions(5));
        result = await StatsGraphProcess.RunScriptAsync(folder, "cat more.log > logs/pipe & \"$0\" ingest --json logs/pipe");
        Assert.Equal((0, "", 2), (result.ExitStatus, result.Error, result.Json.GetProperty("classes").GetProperty("listener").GetInt32()));
    }

    [Fact]
    public async Task An_empty_folder_in_the_place_of_a_log_is_told()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["access.log"]);
        folder.Write("b.log", SomeLog.Sessions(2));
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "access.log", "b.log"]);
        Assert.Equal((1, "statsgraph: access.log: the folder holds no log\n"), (result.ExitStatus, result.Error));
        Assert.Equal(2, result.Json.GetProperty("lines").GetInt32());
    }

    /// <summary>Root reads everything: the command runs as nobody then.</summary>
    private static string AsNobody() => Environment.UserName == "root" ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : "";

    /// <summary>An import of a large log and of a small one after it, of which the first lines are committed.</summary>
    private static async Task<StatsGraphProcess> StartOnLargeLogAsync(TemporaryFolder folder, bool compressed)
    {
        using (Stream file = File.Create(folder["a.log"]))
        using (var packed = compressed ? new GZipStream(file, CompressionLevel.Fastest) : file)
        using (var text = new StreamWriter(packed))
        {
            for (var index = 0; index < Many; index++)
            {
                text.Write(SomeLog.Session(index, secondsApart: 1));
            }
        }

        folder.Write("b.log", SomeLog.Sessions(2, "/jazz.mp3"));
        var ingest = StatsGraphProcess.Start(folder, ["ingest", "--json", "a.log", "b.log"], ("STATSGRAPH_Ingest__LinesPerCommit", "1000"));
        while (!File.Exists(folder["data/lake/_delta_log/00000000000000000000.json"]))
        {
            Assert.True(ingest.IsRunning, "the import ended before it began");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        return ingest;
    }
}
