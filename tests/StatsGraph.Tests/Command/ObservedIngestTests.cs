using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Verbs;

namespace StatsGraph.Tests.Command;

public sealed class ObservedIngestTests : IDisposable
{
    private const string Line =
        "81.2.69.142 - - [01/Oct/2026:12:00:00 +0000] \"GET /live.mp3 HTTP/1.1\" 200 960000 \"-\" \"VLC/3.0.20 LibVLC/3.0.20\" 60\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("access.log")]
    [InlineData("logs/../access.log")]
    [InlineData("*.log")]
    public void Relative_paths_start_from_the_working_folder_of_the_host(string path)
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "logs"));
        File.WriteAllText(Path.Combine(folder.FullName, "access.log"), Line);
        Assert.Equal(1, Run([path]).Lines);
    }

    [Fact]
    public void A_relative_geo_file_is_looked_for_there_too()
    {
        var failure = Assert.ThrowsAny<IngestException>(() => Run(["access.log"], "places.mmdb"));
        Assert.Contains(Path.Combine(folder.FullName, "places.mmdb"), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_path_is_not_the_working_folder()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "access.log"), Line);
        var summary = Run([""]);
        Assert.Equal((0, 1), (summary.Lines, summary.Problems.Count));
    }

    private IngestSummary Run(string[] paths, params string[] geoFiles)
    {
        var host = SomeHost.In(folder.FullName);
        return new ObservedIngest(host, SettingsReader.Read(host, dataFolder: null)) { Site = "radio", GeoFiles = geoFiles }
            .Execute(paths, TestContext.Current.CancellationToken);
    }
}
