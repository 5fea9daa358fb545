namespace StatsGraph.EndToEnd.Tests;

/// <summary>GraphQL without a server.</summary>
public sealed class QueryTests
{
    [Fact]
    public async Task A_folder_without_a_lake_is_an_empty_lake_and_a_hint()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sites.graphql", "{ sites { nodes { key } } }");
        var result = await StatsGraphProcess.RunAsync(folder, ["query", "sites.graphql"]);
        Assert.Equal(0, result.ExitStatus);
        Assert.Equal("[]", result.Json.GetProperty("data").GetProperty("sites").GetProperty("nodes").GetRawText());
        Assert.Contains("holds no lake yet", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_with_errors_is_printed_and_fails()
    {
        using var folder = new TemporaryFolder();
        var result = await StatsGraphProcess.RunAsync(folder, ["query", "-"], "{ nothing }");
        Assert.Equal(1, result.ExitStatus);
        Assert.Contains("nothing", result.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_file_that_is_missing_is_told_in_one_line_on_standard_error()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(1));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        var lost = Assert.Single(Directory.GetFiles(folder["data"], "*.parquet", SearchOption.AllDirectories));
        File.Delete(lost);
        var result = await StatsGraphProcess.RunAsync(folder, ["query", "-"], "{ site(key: \"default\") { intake { lines } } }");
        Assert.Equal(1, result.ExitStatus);
        Assert.Equal("LAKE_UNREADABLE", result.Json.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        var line = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("statsgraph: Answering intake failed: ", line, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(lost), line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_operations_can_be_chosen()
    {
        using var folder = new TemporaryFolder();
        const string Document = "query A { a: __typename } query B { b: __typename }";
        var result = await StatsGraphProcess.RunAsync(folder, ["query", "-", "--operation", "B"], Document);
        Assert.Equal("Query", result.Json.GetProperty("data").GetProperty("b").GetString());
    }

    [Fact]
    public async Task A_site_has_the_name_and_the_zone_that_the_data_folder_configures()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        folder.Write("data/appsettings.json", """{ "Sites": { "radio": { "Name": "Radio One", "TimeZone": "Asia/Kolkata" } } }""");
        folder.Write("access.log", SomeLog.Sessions(1));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        var site = (await Lake.QueryAsync(folder, "data", "{ site(key: \"radio\") { name timeZone } }", "{}")).GetProperty("site");
        Assert.Equal(("Radio One", "Asia/Kolkata"), (site.GetProperty("name").GetString(), site.GetProperty("timeZone").GetString()));
    }
}
