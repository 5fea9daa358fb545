namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>A disk that is full or may not be written.</summary>
public sealed class DiskTests
{
    private const int Lines = 400;
    private const int LinesPerCommit = 20;

    [Fact]
    public async Task A_full_disk_is_told_wherever_it_is_met_and_once_there_is_room_the_next_run_completes_the_import()
    {
        var met = new HashSet<string>();
        for (var free = 0; !met.IsSupersetOf(["key", "parquet", "json"]); free++)
        {
            Assert.True(free < 30, $"met by {string.Join(", ", met)} only");
            met.Add(await ImportAsync(free, hasRoomForCommits: false));
        }

        await ImportAsync(free: 25, hasRoomForCommits: true);
    }

    /// <summary>Imports on a disk with so many free pages; returns the ending of the file that had no room.</summary>
    private static async Task<string> ImportAsync(int free, bool hasRoomForCommits)
    {
        using var folder = new TemporaryFolder();
        using var disk = FullDisk.Mount(folder["disk"], free + 1);
        folder.Write("disk/filler", "takes a page");
        folder.Write("access.log", SomeLog.Sessions(Lines));
        var result = await StatsGraphProcess.RunAsync(
            folder, ["ingest", "--data", "disk/data", "access.log"], "", ("STATSGRAPH_Ingest__LinesPerCommit", $"{LinesPerCommit}"));
        var line = AssertFull(folder, result);

        Assert.Empty(Leftovers.In(folder["disk/data"]));
        var verified = await StatsGraphProcess.RunAsync(folder, ["verify", "--data", "disk/data", "--json"]);
        Assert.Equal((0, 0), (verified.ExitStatus, verified.Json.GetProperty("rows").GetInt32() % LinesPerCommit));
        // Without such room there may be commits all the same: the file of the next is written beside them, sooner or later.
        Assert.True(!hasRoomForCommits || verified.Json.GetProperty("rows").GetInt32() > 0);

        disk.Resize(4_000);
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "--data", "disk/data", "access.log"])).ExitStatus);
        Assert.Equal((Lines, Lines, Lines / 60.0), await Lake.TotalsAsync(folder, "disk/data"));
        return Path.GetExtension(line["statsgraph: ".Length..].Split(": ")[0]).TrimStart('.');
    }

    [Fact]
    public async Task A_disk_that_is_full_at_the_checkpoint_costs_the_checkpoint_alone()
    {
        using var folder = new TemporaryFolder();
        using var disk = FullDisk.Mount(folder["data"], 4_000);
        // A commit each, and one of the compaction that follows them: the next is the hundredth after the first.
        folder.Write("access.log", SomeLog.Sessions(99));
        var one = ("STATSGRAPH_Ingest__LinesPerCommit", "1");
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"], "", one);
        folder.Write("access.log", SomeLog.Sessions(100));

        // What the last line needs, its data file and its commit, and a page of the checkpoint's dozen.
        disk.Resize(Pages(folder["data"]) + 5);
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"], "", one);
        Assert.Equal((0, ""), (result.ExitStatus, result.Error));
        Assert.True(File.Exists(folder[$"data/lake/_delta_log/{100:D20}.json"]));
        Assert.Empty(Directory.GetFiles(folder["data/lake/_delta_log"], "*.parquet"));
        Assert.Empty(Leftovers.In(folder["data"]));
        Assert.Equal((100, 100, 100 / 60.0), await Lake.TotalsAsync(folder, "data"));
    }

    [Fact]
    public async Task A_read_only_data_folder_is_told_and_what_is_in_it_still_answers()
    {
        using var folder = new TemporaryFolder();
        using var disk = FullDisk.Mount(folder["data"], 4_000);
        folder.Write("access.log", SomeLog.Sessions(10));
        disk.MakeReadOnly();
        var first = await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        Assert.Equal((1, $"statsgraph: {folder["data/lake.key"]}: the lake's key could not be read or made: Read-only file system"),
            (first.ExitStatus, FirstWords(first)));

        disk.MakeWritable();
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"])).ExitStatus);
        disk.MakeReadOnly();
        folder.Write("access.log", SomeLog.Sessions(20));
        var second = await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        Assert.Equal(1, second.ExitStatus);
        Assert.StartsWith($"statsgraph: {folder["data/lake/site=default/part-"]}", Assert.Single(second.Error.TrimEnd('\n').Split('\n')),
            StringComparison.Ordinal);
        Assert.Equal((10, 10, 10 / 60.0), await Lake.TotalsAsync(folder, "data"));
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["verify"])).ExitStatus);
    }

    private static string FirstWords(CommandResult result)
    {
        var line = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        return line[..Math.Min(line.Length, line.IndexOf("Read-only file system", StringComparison.Ordinal) + "Read-only file system".Length)];
    }

    /// <summary>One line that names a file of the lake and says why.</summary>
    private static string AssertFull(TemporaryFolder folder, CommandResult result)
    {
        Assert.Equal((1, ""), (result.ExitStatus, result.Output));
        var line = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith($"statsgraph: {folder["disk/data/lake"]}", line, StringComparison.Ordinal);
        Assert.Contains("No space left on device", line, StringComparison.Ordinal);
        return line;
    }

    private static int Pages(string data)
    {
        var disk = new DriveInfo(data);
        return (int)((disk.TotalSize - disk.TotalFreeSpace) / 4096);
    }
}
