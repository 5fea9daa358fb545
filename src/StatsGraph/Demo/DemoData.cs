using System.Text.Json;
using StatsGraph.Configuration;

namespace StatsGraph.Demo;

/// <summary>The folders of the demo: its logs and playlists, and a data folder that knows the station's name and zone.</summary>
internal static class DemoData
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the logs, the playlists and the configuration. Nothing is ingested yet.</summary>
    public static void Write(string logFolder, string dataFolder)
    {
        DemoLogs.Write(logFolder);
        DemoPlaylists.Write(logFolder);
        Directory.CreateDirectory(dataFolder);
        var site = new Dictionary<string, object> { [DemoStation.Site] = new { DemoStation.Name, DemoStation.TimeZone, ReportOfUse = new { Category = "B" } } };
        var settings = JsonSerializer.Serialize(new { DefaultSite = DemoStation.Site, Sites = site }, Indented);
        File.WriteAllText(Path.Combine(dataFolder, SettingsReader.FileName), settings);
    }
}
