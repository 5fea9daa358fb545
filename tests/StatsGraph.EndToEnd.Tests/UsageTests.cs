namespace StatsGraph.EndToEnd.Tests;

/// <summary>Exit status and the one line on standard error, whatever is typed.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("", "a verb is missing")]
    [InlineData("listen", "unknown verb 'listen'")]
    [InlineData("ingest", "Required argument 'PATH' missing")]
    [InlineData("ingest --jsno access.log", "unknown option '--jsno'")]
    [InlineData("ingest access.log --jsno", "unknown option '--jsno'")]
    [InlineData("ingest access.log --data --json", "option '--data' needs a value, got '--json'")]
    [InlineData("ingest --json=yes access.log", "option '--json' takes no value")]
    [InlineData("ingest --quiet --json access.log", "option '--quiet' leaves out the summary that '--json' asks for; give one of them")]
    [InlineData("ingest --quiet --dry-run access.log", "option '--quiet' leaves out the summary that '--dry-run' asks for; give one of them")]
    [InlineData("ingest --site Radio access.log", "option '--site': 'Radio' is no site key")]
    [InlineData("ingest --follow -", "option '--follow': standard input cannot be followed")]
    [InlineData("ingest --commit-every 5s access.log", "option '--commit-every' needs --follow")]
    [InlineData("ingest --follow --commit-every 5 access.log", "option '--commit-every': '5' is no time from 100ms to 1h")]
    [InlineData("query a.graphql --variables nope", "option '--variables'")]
    [InlineData("query a.graphql --variables []", "option '--variables': expected a JSON object")]
    [InlineData("query a.graphql b.graphql", "b.graphql")]
    [InlineData("serve --urls http://0.0.0.0:5080", "http://0.0.0.0:5080 can be reached from other machines")]
    [InlineData("serve --urls http://x@127.0.0.1:5988", "option '--urls': 'http://x@127.0.0.1:5988' is no address to listen on: '@'")]
    [InlineData("serve --urls https://127.0.0.1:5443", "option '--urls': 'https://127.0.0.1:5443' asks for https")]
    [InlineData("serve --urls ftp://127.0.0.1", "option '--urls': 'ftp://127.0.0.1' is no address to listen on")]
    [InlineData("prune", "give --older-than AGE, or configure Sites:KEY:Retention")]
    [InlineData("prune --older-than 0d", "option '--older-than': '0d' is less than a day")]
    [InlineData("prune --older-than old", "option '--older-than': 'old' is no age")]
    [InlineData("token", "'token' is to do one of add, list, revoke")]
    [InlineData("token ad", "Unrecognized command or argument 'ad'")]
    [InlineData("token add", "Option '--scope' is required; see 'statsgraph token add --help'")]
    [InlineData("schema now", "now")]
    [InlineData("verify --site Radio", "option '--site': 'Radio' is no site key")]
    public async Task Wrong_usage_is_told_in_one_line_with_status_2(string line, string message)
    {
        using var folder = new TemporaryFolder();
        var result = await StatsGraphProcess.RunAsync(folder, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.ExitStatus);
        Assert.Equal("", result.Output);
        Assert.Contains(message, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.StartsWith("statsgraph: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ingest no-such.log", "no-such.log")]
    [InlineData("ingest --geo no-such.mmdb access.log", "no-such.mmdb")]
    [InlineData("query no-such.graphql", "no-such.graphql")]
    [InlineData("prune --site radio --older-than 1y", "site 'radio' has no lines in the lake of ")]
    public async Task What_cannot_be_done_is_told_with_its_file_and_status_1(string line, string name)
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(1));
        var result = await StatsGraphProcess.RunAsync(folder, line.Split(' '));
        Assert.Equal(1, result.ExitStatus);
        Assert.Contains(name, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(" at StatsGraph.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("ingest --help")]
    [InlineData("query --help")]
    [InlineData("serve -h")]
    [InlineData("prune --help")]
    [InlineData("demo --help")]
    [InlineData("verify --help")]
    [InlineData("token --help")]
    [InlineData("token add --help")]
    [InlineData("token list --help")]
    [InlineData("token revoke --help")]
    [InlineData("schema --help")]
    public async Task Help_goes_to_standard_output_and_ends_with_an_example(string line)
    {
        using var folder = new TemporaryFolder();
        var result = await StatsGraphProcess.RunAsync(folder, line.Split(' '));
        Assert.Equal((0, ""), (result.ExitStatus, result.Error));
        Assert.Matches(@"Example:\n  statsgraph .+\n\z", result.Output);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        using var folder = new TemporaryFolder();
        Assert.Matches(@"\A\d+\.\d+\.\d+\n\z", (await StatsGraphProcess.RunAsync(folder, ["--version"])).Output);
    }

    [Fact]
    public async Task The_schema_is_printed_as_it_is_in_the_repository()
    {
        using var folder = new TemporaryFolder();
        var result = await StatsGraphProcess.RunAsync(folder, ["schema"]);
        Assert.Equal(0, result.ExitStatus);
        Assert.Contains("type Query", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_standard_output_is_told_and_a_reader_that_had_enough_is_not()
    {
        using var folder = new TemporaryFolder();
        var full = await StatsGraphProcess.RunScriptAsync(folder, "\"$0\" schema > /dev/full");
        Assert.Equal((1, "statsgraph: standard output: No space left on device\n"), (full.ExitStatus, full.Error));

        var enough = await StatsGraphProcess.RunScriptAsync(folder, "\"$0\" schema | head -n 1");
        Assert.Equal((0, ""), (enough.ExitStatus, enough.Error));
        Assert.Single(enough.Output.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("""{ "Sites": { "radio": { "TimeZone": "Europe/Berln" } } }""", "setting Sites:radio:TimeZone: 'Europe/Berln' is no IANA time zone")]
    [InlineData("""{ "Sites": { "radio": { "Zone": "UTC" } } }""", "setting Sites:radio:Zone: is unknown")]
    [InlineData("""{ "Sites": { "radio": { "Retention": "1h" } } }""", "setting Sites:radio:Retention: '1h' is less than a day")]
    [InlineData("""{ "Sites": { "-": { } } }""", "setting Sites:-: '-' is no site key")]
    [InlineData("""{ "Sites": """, "appsettings.json: ")]
    public async Task A_wrong_setting_is_told_by_its_key(string settings, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("appsettings.json", settings);
        folder.Write("access.log", SomeLog.Sessions(1));
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        Assert.Equal(1, result.ExitStatus);
        Assert.Contains(message, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }
}
