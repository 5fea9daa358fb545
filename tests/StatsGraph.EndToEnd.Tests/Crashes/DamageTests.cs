using System.Net;

namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>A damaged lake: every verb names the file in one line, and what can be known to be right is still answered.</summary>
public sealed class DamageTests
{
    private const string Intake = """{ jazz: site(key: "jazz") { intake { lines } } news: site(key: "news") { intake { lines } } }""";

    public static TheoryData<string> DataDamages => ["flipped", "footer", "cut", "emptied", "missing"];

    public static TheoryData<string> LogDamages => ["emptied", "garbled", "missing"];

    [Theory]
    [MemberData(nameof(DataDamages))]
    public async Task A_damaged_data_file_fails_what_needs_it_and_nothing_else(string damage)
    {
        using var folder = await TwoSitesAsync();
        var path = Directory.GetFiles(folder["data/lake/site=jazz"]).Single();
        Damage(path, damage);

        AssertNames(path, await StatsGraphProcess.RunAsync(folder, ["verify"]));
        AssertNames(path, await StatsGraphProcess.RunAsync(folder, ["query", "-"], """{ site(key: "jazz") { mounts } }"""));
        folder.Write("more.log", SomeLog.Session(7, secondsApart: 7));
        AssertNames(path, await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "jazz", "more.log"]));
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "news", "more.log"])).ExitStatus);
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["verify", "--site", "news"])).ExitStatus);

        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        for (var time = 0; time < 2; time++)
        {
            var answer = await Answers.AskAsync(client, Intake);
            Assert.Equal("LAKE_UNREADABLE",
                Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString());
            Assert.DoesNotContain(folder.Path, answer.GetRawText(), StringComparison.Ordinal);
            Assert.Equal(21, (await Answers.AskAsync(client, """{ site(key: "news") { intake { lines } } }""")).GetProperty("data").GetProperty("site").GetProperty("intake").GetProperty("lines").GetInt32());
        }

        var end = await server.TerminateAsync();
        Assert.Equal(0, end.ExitStatus);
        Assert.Contains(path, end.Output + end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LogDamages))]
    public async Task A_damaged_commit_fails_everything_that_reads_the_lake_until_it_is_restored(string damage)
    {
        using var folder = await TwoSitesAsync();
        var path = folder["data/lake/_delta_log/00000000000000000001.json"];
        var content = File.ReadAllBytes(path);
        Damage(path, damage);
        folder.Write("more.log", SomeLog.Session(7, secondsApart: 7));
        AssertNames(path, await StatsGraphProcess.RunAsync(folder, ["verify"]));
        AssertNames(path, await StatsGraphProcess.RunAsync(folder, ["query", "-"], Intake));
        AssertNames(path, await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "jazz", "more.log"]));

        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        Assert.Equal(HttpStatusCode.ServiceUnavailable,
            (await client.GetAsync("health/ready", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("LAKE_UNREADABLE",
            (await Answers.AskAsync(client, Intake)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        File.WriteAllBytes(path, content);
        Assert.Equal(20, (await Answers.AskAsync(client, Intake)).GetProperty("data").GetProperty("jazz").GetProperty("intake").GetProperty("lines").GetInt32());
        await ServeTests.UntilReadyAsync(client);
    }

    [Fact]
    public async Task The_newest_commit_cut_off_is_told_too()
    {
        using var folder = await TwoSitesAsync();
        var path = Directory.GetFiles(folder["data/lake/_delta_log"], "*.json").Max(StringComparer.Ordinal)!;
        Damage(path, "cut");
        AssertNames(path, await StatsGraphProcess.RunAsync(folder, ["verify"]));
        AssertNames(path, await StatsGraphProcess.RunAsync(folder, ["query", "-"], Intake));
        AssertNames(path, await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "news", "jazz.log"]));
    }

    [Fact]
    public async Task A_broken_checkpoint_and_pointer_are_passed_over_while_the_commits_are_there()
    {
        using var folder = new TemporaryFolder();
        folder.Write("jazz.log", SomeLog.Sessions(103));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "jazz.log"], "", ("STATSGRAPH_Ingest__LinesPerCommit", "1"));
        var checkpoint = Assert.Single(Directory.GetFiles(folder["data/lake/_delta_log"], "*.parquet"));
        Damage(checkpoint, "footer");
        Damage(folder["data/lake/_delta_log/_last_checkpoint"], "garbled");
        Assert.Equal((103, 103, 103 / 60.0), await Lake.TotalsAsync(folder, "data"));
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "jazz.log"])).ExitStatus);
        var verified = await StatsGraphProcess.RunAsync(folder, ["verify", "--json"]);
        Assert.Equal(1, verified.ExitStatus);
        Assert.False(verified.Json.GetProperty("sound").GetBoolean());
        Assert.Equal(
            [folder["data/lake/_delta_log/_last_checkpoint"], checkpoint],
            verified.Json.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("file").GetString()));

        File.Delete(folder["data/lake/_delta_log/00000000000000000042.json"]);
        AssertNames(folder["data/lake/_delta_log/00000000000000000042.json"],
            await StatsGraphProcess.RunAsync(folder, ["query", "-"], Intake));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("cut")]
    [InlineData("flipped")]
    public async Task Without_its_key_a_lake_takes_no_lines_in_and_gets_no_new_key(string damage)
    {
        using var folder = await TwoSitesAsync();
        var key = folder["data/lake.key"];
        Damage(key, damage);
        var damaged = File.Exists(key) ? File.ReadAllBytes(key) : [];
        AssertNames(key, await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "jazz", "jazz.log"]));
        AssertNames(key, await StatsGraphProcess.RunAsync(folder, ["verify"]));
        Assert.Equal(damaged, File.Exists(key) ? File.ReadAllBytes(key) : []);
        var lines = (await Lake.QueryAsync(folder, "data", Intake, "{}")).GetProperty("jazz").GetProperty("intake").GetProperty("lines").GetInt32();
        Assert.Equal(20, lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lake_whose_log_is_gone_fails_everything_and_gets_neither_a_new_table_nor_a_new_key(bool hasKey)
    {
        using var folder = await TwoSitesAsync();
        var log = folder["data/lake/_delta_log"];
        Directory.Move(log, folder["backup"]);
        if (!hasKey)
            File.Delete(folder["data/lake.key"]);
        folder.Write("question.graphql", Intake);

        string[] verbs =
        [
            "ingest --site jazz jazz.log", "ingest --dry-run --site jazz jazz.log", "query question.graphql", "vacuum --older-than 0h", "compact",
            "prune --older-than 1y",
        ];
        foreach (var verb in verbs)
        {
            var result = await StatsGraphProcess.RunAsync(folder, verb.Split(' '));
            Assert.Equal((1, ""), (result.ExitStatus, result.Output));
            Assert.Equal(
                $"statsgraph: {log}: the log of the lake is lost, expected the commits that its data files came with; "
                + "restore the folder from a backup, or ingest all logs into a new data folder\n", result.Error);
        }

        var verified = await StatsGraphProcess.RunAsync(folder, ["verify"]);
        Assert.Equal(1, verified.ExitStatus);
        Assert.Contains($"statsgraph: {log}: the log of the lake is lost, ", verified.Error, StringComparison.Ordinal);
        Assert.Equal((hasKey, false), (File.Exists(folder["data/lake.key"]), Directory.Exists(log)));

        Directory.Move(folder["backup"], log);
        Assert.Equal(hasKey ? 0 : 1, (await StatsGraphProcess.RunAsync(folder, ["verify"])).ExitStatus);
    }

    /// <summary>A lake of two sites of 20 lines, in one data file each; three commits, the last of which brings nothing to jazz.</summary>
    private static async Task<TemporaryFolder> TwoSitesAsync()
    {
        var folder = new TemporaryFolder();
        folder.Write("jazz.log", SomeLog.Sessions(20));
        foreach (var site in new[] { "jazz", "news", "talk" })
        {
            Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", site, "jazz.log"])).ExitStatus);
        }

        return folder;
    }

    private static void Damage(string path, string damage)
    {
        var bytes = File.ReadAllBytes(path);
        switch (damage)
        {
            case "missing":
                File.Delete(path);
                return;
            case "emptied":
                bytes = [];
                break;
            case "garbled":
                Array.Fill(bytes, (byte)'x');
                break;
            case "cut":
                bytes = bytes[..(bytes.Length * 2 / 3)];
                break;
            case "footer":
                bytes[^20] ^= 1;
                break;
            default:
                bytes[bytes.Length / 4] ^= 1;
                break;
        }

        File.WriteAllBytes(path, bytes);
    }

    private static void AssertNames(string path, CommandResult result)
    {
        Assert.Equal(1, result.ExitStatus);
        var line = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("statsgraph: ", line, StringComparison.Ordinal);
        Assert.Contains(path + ": ", line, StringComparison.Ordinal);
    }
}
