using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ICSharpCode.SharpZipLib.BZip2;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>Logs in, figures out.</summary>
public sealed class IngestTests
{
    private const string ErrorLog = "[2026-10-01  12:00:00] INFO main/main Icecast 2.4.4 server started\n";

    [Fact]
    public async Task The_summary_as_json_has_every_line_in_one_place()
    {
        using var folder = new TemporaryFolder();
        var rejected = SomeLog.Session(3).Replace(" 60\n", "\n", StringComparison.Ordinal);
        folder.Write("access.log", SomeLog.Sessions(3) + rejected + "\n" + SomeLog.Session(4).TrimEnd('\n'));
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log", "--json"]);
        Assert.Equal((0, ""), (result.ExitStatus, result.Error));
        Assert.Equal(
            ["site", "files", "lines", "blank", "alreadyIngested", "classes", "rejections", "waiting", "elapsedSeconds", "linesPerSecond", "warnings"],
            result.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            """{"listener":3,"relay":0,"bot":0,"source":0,"admin":0,"error":0,"nonStream":0,"probe":0,"suspect":0,"rejected":1}""",
            JsonSerializer.Serialize(result.Json.GetProperty("classes")));
        Assert.Equal("""{"no-duration":1}""", JsonSerializer.Serialize(result.Json.GetProperty("rejections")));
        Assert.Equal(
            ("default", 1, 5, 1, 0, 1),
            (result.Json.GetProperty("site").GetString(), Number(result, "files"), Number(result, "lines"), Number(result, "blank"),
                Number(result, "alreadyIngested"), Number(result, "waiting")));
    }

    [Fact]
    public async Task The_summary_for_people_tells_where_a_rejected_line_is()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(2) + SomeLog.Session(3).Replace(" 60\n", "\n", StringComparison.Ordinal));
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        Assert.Matches(@"\ASite default: 3 lines of 1 log in ", result.Output);
        Assert.Matches(@"\nlistener +2  sessions", result.Output);
        Assert.Matches(@"\nno-duration +1  access\.log:3: ", result.Output);
        Assert.DoesNotContain("\u001b", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_gives_the_same_figures_however_it_is_packed_and_however_often_it_is_read()
    {
        using var folder = new TemporaryFolder();
        var text = SomeLog.Sessions(40);
        folder.Write("plain.log", text);
        Compress(folder["b.log.gz"], file => new GZipStream(file, CompressionLevel.Fastest), text);
        Compress(folder["c.log.bz2"], file => new BZip2OutputStream(file), text);
        Compress(folder["d.log.zst"], file => new ZstdSharp.CompressionStream(file), text);
        foreach (var (log, data) in new[] { ("plain.log", "a"), ("b.log.gz", "b"), ("c.log.bz2", "c"), ("d.log.zst", "d") })
        {
            Assert.Equal(40, Number(await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "--data", data, log]), "lines"));
            Assert.Equal((40, 40, 40 / 60.0), await Lake.TotalsAsync(folder, data));
        }

        var again = await StatsGraphProcess.RunAsync(folder,
            ["ingest", "--json", "--data", "a", "b.log.gz", "c.log.bz2", "d.log.zst", "plain.log"]);
        Assert.Equal((0, 160), (again.Json.GetProperty("classes").GetProperty("listener").GetInt32(), Number(again, "alreadyIngested")));
        Assert.Equal((40, 40, 40 / 60.0), await Lake.TotalsAsync(folder, "a"));
    }

    [Fact]
    public async Task Standard_input_is_read_as_a_log()
    {
        using var folder = new TemporaryFolder();
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "-", "--site", "radio"], SomeLog.Sessions(7));
        Assert.Equal((0, 7), (result.ExitStatus, Number(result, "lines")));
        Assert.Equal((7, 7, 7 / 60.0), await Lake.TotalsAsync(folder, "data", "radio"));
    }

    [Fact]
    public async Task A_log_that_grows_is_read_from_where_it_was_left()
    {
        using var folder = new TemporaryFolder();
        var whole = SomeLog.Sessions(10);
        folder.Write("access.log", whole[..(whole.Length - 5)]);
        Assert.Equal(1, Number(await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "access.log"]), "waiting"));
        folder.Write("access.log", whole);
        var second = await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "access.log"]);
        Assert.Equal((1, 0), (second.Json.GetProperty("classes").GetProperty("listener").GetInt32(), Number(second, "waiting")));
        Assert.Equal((10, 10, 10 / 60.0), await Lake.TotalsAsync(folder, "data"));
    }

    [Fact]
    public async Task A_missing_log_and_a_log_of_another_kind_fail_the_run_and_the_good_one_is_read()
    {
        using var folder = new TemporaryFolder();
        folder.Write("error.log", ErrorLog + ErrorLog.Replace("12:00:00", "12:00:01", StringComparison.Ordinal));
        folder.Write("access.log", SomeLog.Sessions(5));
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "missing.log", "error.log", "access.log", "--json"]);
        Assert.Equal(1, result.ExitStatus);
        Assert.Equal(5, result.Json.GetProperty("classes").GetProperty("listener").GetInt32());
        var problems = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, problems.Length);
        Assert.Contains(problems, problem => problem.StartsWith("statsgraph: missing.log: ", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("statsgraph: error.log: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_folder_the_logs_of_another_kind_are_left_out_and_named()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["logs"]);
        folder.Write("logs/error.log", ErrorLog);
        folder.Write("logs/access.log", SomeLog.Sessions(5));
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "logs", "--json"]);
        Assert.Equal((0, 5, 1), (result.ExitStatus, Number(result, "lines"), Number(result, "files")));
        Assert.StartsWith("statsgraph: logs/error.log: ", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_that_read_the_same_log_at_once_count_every_line_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(20_000));
        var results = await Task.WhenAll(
            StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "access.log"]), StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "access.log"]));
        Assert.All(results, result => Assert.Equal((0, ""), (result.ExitStatus, result.Error)));
        Assert.Equal(20_000, results.Sum(result => result.Json.GetProperty("classes").GetProperty("listener").GetInt32()));
        Assert.Equal(20_000, (await Lake.TotalsAsync(folder, "data")).Lines);
    }

    [Fact]
    public async Task An_interrupted_run_says_so_and_the_next_one_completes_it()
    {
        using var folder = new TemporaryFolder();
        using var ingest = StatsGraphProcess.Start(folder, ["ingest", "--json", "-"]);
        await ingest.WriteAsync(SomeLog.Sessions(50));
        while (!File.Exists(folder["data/lake.key"]))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var result = await ingest.InterruptAsync();
        Assert.Equal((1, "", "statsgraph: interrupted; 0 new lines are in the lake, the next run reads the rest\n"),
            (result.ExitStatus, result.Output, result.Error));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "-"], SomeLog.Sessions(50));
        Assert.Equal(50, (await Lake.TotalsAsync(folder, "data")).Lines);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_the_ingest_after_it_does_what_it_said()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(5));
        var dry = await StatsGraphProcess.RunAsync(folder, ["ingest", "--dry-run", "access.log"]);
        Assert.Equal((0, ""), (dry.ExitStatus, dry.Error));
        Assert.StartsWith("Dry run: nothing was written.", dry.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data"]));
        Assert.Equal(5, Number(await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "access.log"]), "lines"));
        var known = (await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "--dry-run", "access.log"])).Json;
        Assert.Equal((true, 5), (known.GetProperty("dryRun").GetBoolean(), known.GetProperty("alreadyIngested").GetInt32()));
    }

    [Fact]
    public async Task What_is_older_than_asked_or_configured_leaves_the_lake()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(5) + SomeLog.Session(0).Replace("/2026:", "/2001:", StringComparison.Ordinal));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--quiet", "access.log"]);
        var dry = await StatsGraphProcess.RunAsync(folder, ["prune", "--older-than", "20y", "--dry-run"]);
        Assert.StartsWith("Site default: nothing was changed; a prune would remove 1 line from before ", dry.Output,
            StringComparison.Ordinal);
        Assert.Equal(6, (await Lake.TotalsAsync(folder, "data")).Lines);
        var pruned = await StatsGraphProcess.RunAsync(folder, ["prune", "--older-than", "20y"]);
        Assert.StartsWith("Site default: removed 1 line (0 files dropped, 1 rewritten) from before ", pruned.Output,
            StringComparison.Ordinal);
        Assert.Equal((5, 5, 5 / 60.0), await Lake.TotalsAsync(folder, "data"));

        folder.Write("copy.log", File.ReadAllText(folder["access.log"]) + SomeLog.Session(7));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--quiet", "copy.log"], "", ("STATSGRAPH_Sites__default__Retention", "20y"));
        Assert.Equal(6, (await Lake.TotalsAsync(folder, "data")).Lines);
    }

    [Fact]
    public async Task Quiet_says_only_what_is_wrong()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["logs"]);
        folder.Write("logs/error.log", ErrorLog);
        folder.Write("logs/access.log", SomeLog.Sessions(5));
        var good = await StatsGraphProcess.RunAsync(folder, ["ingest", "--quiet", "logs"]);
        Assert.Equal((0, "", ""), (good.ExitStatus, good.Output, good.Error));

        folder.Write("proxied.log", Proxied(150));
        var warned = await StatsGraphProcess.RunAsync(folder, ["ingest", "--quiet", "--data", "other", "proxied.log"]);
        Assert.Equal((0, ""), (warned.ExitStatus, warned.Output));
        Assert.StartsWith("statsgraph: warning: 150 of 150 new listener lines come from private addresses", warned.Error,
            StringComparison.Ordinal);
        Assert.Equal((1, ""), await StatusAndOutputAsync(folder, "ingest", "--quiet", "missing.log"));
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public async Task Nothing_is_drawn_where_nobody_wants_it(string name, string value)
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(5));
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"], "", (name, value));
        Assert.Equal("", result.Error);
        Assert.DoesNotContain("\u001b", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_is_the_default_one_else_the_only_one_that_is_configured()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(1));
        folder.Write("appsettings.json", """{ "Data": "lake-of-two", "Sites": { "jazz": { "TimeZone": "Europe/Berlin" } } }""");
        Assert.Equal("jazz", (await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "access.log"])).Json.GetProperty("site").GetString());
        var other = await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "access.log"], "", ("STATSGRAPH_DefaultSite", "news"),
            ("STATSGRAPH_DATA", "other"));
        Assert.Equal("news", other.Json.GetProperty("site").GetString());
        Assert.True(Directory.Exists(folder["lake-of-two"]) && Directory.Exists(folder["other"]) && !Directory.Exists(folder["data"]));
    }

    private static string Proxied(int lines)
        => string.Concat(Enumerable.Range(0, lines).Select(index => "10.0.0.7" + SomeLog.Session(index)[SomeLog.Session(index).IndexOf(' ', StringComparison.Ordinal)..]));

    private static async Task<(int ExitStatus, string Output)> StatusAndOutputAsync(TemporaryFolder folder, params string[] words)
    {
        var result = await StatsGraphProcess.RunAsync(folder, words);
        return (result.ExitStatus, result.Output);
    }

    private static int Number(CommandResult result, string name) => result.Json.GetProperty(name).GetInt32();

    private static void Compress(string path, Func<Stream, Stream> compressor, string text)
    {
        using var file = File.Create(path);
        using var compressed = compressor(file);
        compressed.Write(Encoding.UTF8.GetBytes(text));
    }
}
