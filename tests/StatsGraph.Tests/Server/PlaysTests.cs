using System.Text;
using StatsGraph.Ingest;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

/// <summary>Plays and performances in the API, of a station whose playlist was ingested.</summary>
public sealed class PlaysTests : IDisposable
{
    private readonly SomeStation station = new();

    public PlaysTests()
    {
        File.WriteAllBytes(Path.Combine(station.Folder, "lake.key"), new byte[32]);
        Ingest(
            "02/Oct/2026:22:00:00 +0200|/live.mp3|1|Artist - One\n02/Oct/2026:22:10:00 +0200|/live.mp3|1|Artist - Two | more\n"
            + "02/Oct/2026:22:40:00 +0200|/live.mp3|1|News\n");
    }

    public void Dispose() => station.Dispose();

    [Fact]
    public async Task Plays_are_listed_with_who_heard_them()
        => Assert.Equal(
            """{"data":{"site":{"report":{"plays":{"totalCount":3,"nodes":["""
            + """{"start":"2026-10-02T20:00:00Z","durationSeconds":600,"mount":"/live.mp3","artist":"Artist","title":"One","isrc":null,"performances":1},"""
            + """{"start":"2026-10-02T20:10:00Z","durationSeconds":1800,"mount":"/live.mp3","artist":"Artist","title":"Two | more","isrc":null,"performances":1},"""
            + """{"start":"2026-10-02T20:40:00Z","durationSeconds":null,"mount":"/live.mp3","artist":null,"title":"News","isrc":null,"performances":0}]}}}}}""",
            await AskAsync("plays(order: [{ start: ASC }]) { totalCount nodes { start durationSeconds mount artist title isrc performances } }"));

    [Fact]
    public async Task Tracks_are_listed_with_their_sums_and_those_of_a_country()
    {
        const string Fields = "performances(first: 1) { totalCount nodes { title plays performances tuningHours } }";

        Assert.Equal(
            """{"data":{"site":{"report":{"performances":{"totalCount":3,"nodes":[{"title":"One","plays":1,"performances":1,"tuningHours":0.16666666666666666}]}}}}}""",
            await AskAsync(Fields));
        Assert.Equal(
            """{"data":{"site":{"report":{"performances":{"totalCount":3,"nodes":[{"title":"One","plays":1,"performances":0,"tuningHours":0}]}}}}}""",
            await AskAsync(Fields, "where: { country: { eq: \"DE\" } }"));
    }

    [Fact]
    public async Task What_is_ingested_later_is_seen_by_who_asks_later()
    {
        const string Count = "performances { totalCount }";
        var before = station.Store.PlaysVersion;
        Assert.Contains("\"totalCount\":3", await AskAsync(Count), StringComparison.Ordinal);

        Ingest("02/Oct/2026:22:50:00 +0200|/live.mp3|1|Artist - Three\n");

        Assert.Contains("\"totalCount\":4", await AskAsync(Count), StringComparison.Ordinal);
        Assert.True(station.Store.PlaysVersion > before);
    }

    [Fact]
    public async Task A_site_that_is_not_visible_has_no_plays()
    {
        using var reports = station.Store.Open(key => key != SomeStation.Key);

        Assert.Null(reports.Site(SomeStation.Key));
        Assert.Contains("\"totalCount\":3", await AskAsync("plays { totalCount }"), StringComparison.Ordinal);
    }

    private void Ingest(string playlist)
    {
        var path = Path.Combine(station.Folder, $"{Guid.NewGuid():N}.log");
        File.WriteAllText(path, playlist);
        using var ingest = new LogIngest(station.Lake, new IngestOptions { DataFolder = station.Folder, Site = SomeStation.Key });
        Assert.Empty(ingest.Run([path], () => Stream.Null, progress: null, CancellationToken.None).Problems);
    }

    private async Task<string> AskAsync(string fields, string? where = null)
    {
        var arguments = string.Join(", ", new[] { "period: { month: \"2026-10\" }", where }.OfType<string>());
        var response = await GraphQLExecutor.ExecuteAsync(
            station.Store, $"{{ site(key: \"demo\") {{ report({arguments}) {{ {fields} }} }} }}", null, null, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(response.Json.Span);
    }
}
