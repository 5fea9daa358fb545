using System.Diagnostics;
using StatsGraph.Benchmarks.Logs;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>
/// A data folder with a year of sessions of a large site, and two small sites, ingested by the command from generated logs, which are deleted as
/// they are read.
/// </summary>
internal sealed class YearLake
{
    /// <summary>Key of the large site.</summary>
    public const string Site = "bench";

    /// <summary>Its time zone.</summary>
    public const string Zone = "Europe/Berlin";

    /// <summary>The first day of its year.</summary>
    public static readonly DateOnly FirstDay = new(2025, 1, 1);

    /// <summary>The day after its year.</summary>
    public static readonly DateOnly Until = new(2026, 1, 1);

    private const string SitesText =
        """
        {
          "Sites": {
            "bench": { "Name": "Bench One", "TimeZone": "Europe/Berlin" },
            "east": { "Name": "Bench East", "TimeZone": "America/New_York" },
            "west": { "Name": "Bench West" }
          }
        }
        """;

    private readonly Workbench bench;
    private readonly YearLog log;
    private readonly string towns;
    private int rushes;

    private YearLake(Workbench bench, string data, int sessions, int addresses)
    {
        (this.bench, Data, Sessions) = (bench, data, sessions);
        log = new YearLog(sessions, addresses, seed: 0);
        towns = bench.At("towns.mmdb");
        CityFile.Write(towns);
    }

    /// <summary>Keys of all sites, the large one first.</summary>
    public static IReadOnlyList<string> Sites { get; } = [Site, "east", "west"];

    /// <summary>Name of the data folder.</summary>
    public string Data { get; }

    /// <summary>Sessions of the large site in its year.</summary>
    public int Sessions { get; }

    /// <summary>Mounts of all sites.</summary>
    public IReadOnlyList<string> Mounts => log.Mounts;

    /// <summary>User agents of all listeners.</summary>
    public IReadOnlyList<string> UserAgents => log.UserAgents;

    /// <summary>Makes the lake.</summary>
    /// <param name="bench">Where.</param>
    /// <param name="data">Name of the data folder.</param>
    /// <param name="sessions">Sessions of the large site.</param>
    /// <param name="addresses">Addresses that they have.</param>
    public static YearLake Make(Workbench bench, string data, int sessions, int addresses)
    {
        var lake = new YearLake(bench, data, sessions, addresses);
        var began = Stopwatch.GetTimestamp();
        Directory.CreateDirectory(bench.At(data));
        File.WriteAllText(Path.Combine(bench.At(data), "appsettings.json"), SitesText);
        var seconds = lake.IngestYear(Site, lake.log, bench.Settings.Parts);
        foreach (var (site, seed) in Sites.Skip(1).Zip([1ul, 2ul]))
            lake.IngestYear(site, new YearLog(bench.Settings.SmallSessions, bench.Settings.SmallSessions / 12, seed), parts: 1);
        MeasuredProcess.Run(bench.Command, "compact", "--data", bench.At(data));
        Console.WriteLine(Invariant(
            $"\na lake of {sessions:N0} sessions over a year, 12 mounts, {addresses:N0} addresses: ingested in {seconds:0.0} s, made in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
        return lake;
    }

    /// <summary>Ingests a log of sessions that end in an hour after the year, another one each time.</summary>
    public void IngestRush(int sessions)
    {
        var path = bench.At("rush.log");
        log.WriteRush(path, rushes++, sessions);
        Ingest(Site, path);
        File.Delete(path);
    }

    private double IngestYear(string site, YearLog logs, int parts)
    {
        double seconds = 0;
        for (var part = 0; part < parts; part++)
        {
            var path = bench.At("part.log");
            logs.WritePart(path, part, parts);
            seconds += Ingest(site, path).WallSeconds;
            File.Delete(path);
        }

        return seconds;
    }

    private Usage Ingest(string site, string path) => MeasuredProcess.Run(
        bench.Command, "ingest", "--quiet", "--data", bench.At(Data), "--site", site,
        "--geo", bench.At("command/geo/country.mmdb"), "--geo", towns, path);
}
