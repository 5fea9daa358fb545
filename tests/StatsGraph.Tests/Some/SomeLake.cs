using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Server;
using StatsGraph.Tests.Oracle;

namespace StatsGraph.Tests.Some;

/// <summary>
/// A data folder of its own, logs that are ingested into it as the command does it, and documents that are executed on it as the command
/// does it. The clock stands still. Places come from two geolocation files that the test writes.
/// </summary>
public sealed class SomeLake : IDisposable
{
    /// <summary>The one site.</summary>
    public const string Site = "radio";

    /// <summary>Networks and their places, unless a test brings its own.</summary>
    private static readonly (string Network, OraclePlace Place)[] SomePlaces =
    [
        ("81.2.69.0/24", new OraclePlace("GB", "England", "London", 20712, "Andrews & Arnold Ltd")),
        ("198.51.100.0/24", new OraclePlace("US", "California", null, 64500, "Documentation Net")),
        ("203.0.113.0/24", new OraclePlace("US", "Texas", "Austin", 64500, "Documentation Net")),
        ("8.8.8.0/24", new OraclePlace("US", NetworkNumber: 15169, NetworkName: "GOOGLE")),
        ("2001:db8::/32", new OraclePlace("DE", "Bavaria", "Munich")),
        ("2a00:1450::/32", new OraclePlace("IE", null, "Dublin", 15169, "GOOGLE")),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");
    private readonly string zone;
    private readonly IReadOnlyDictionary<string, string> aliases;
    private readonly DateTimeOffset now;
    private readonly (string Network, OraclePlace Place)[] places;
    private readonly ConcurrentBag<string> told = [];
    private ColumnStore? columns;
    private ReportStore? bySql;
    private ReportStore? byColumns;

    /// <param name="zone">The site's zone.</param>
    /// <param name="now">Where the clock stands.</param>
    /// <param name="aliases">Mounts that count as other mounts.</param>
    /// <param name="places">Networks and their places.</param>
    public SomeLake(
        string zone,
        DateTimeOffset now,
        IReadOnlyDictionary<string, string>? aliases = null,
        (string Network, OraclePlace Place)[]? places = null)
    {
        (this.zone, this.now, this.aliases) = (zone, now, aliases ?? new Dictionary<string, string>());
        this.places = places ?? SomePlaces;
        Directory.CreateDirectory(Data);
        SomeMmdb.Write(CityFile, "GeoLite2-City", this.places.Select(entry => (entry.Network, CityRecord(entry.Place))));
        SomeMmdb.Write(
            NetworkFile,
            "GeoLite2-ASN",
            this.places.Where(entry => entry.Place.NetworkNumber is not null).Select(entry => (entry.Network, NetworkRecord(entry.Place))));
    }

    /// <summary>The data folder.</summary>
    public string Data => Path.Combine(folder.FullName, "data");

    private string CityFile => Path.Combine(folder.FullName, "city.mmdb");

    private string NetworkFile => Path.Combine(folder.FullName, "network.mmdb");

    /// <summary>A data file of which nothing is known.</summary>
    public static LakeFile DataFile(string path) => new(path, Site, 0, 1, null, null, 0);

    /// <summary>Hashes lines as another lake does, so that ties fall the same way.</summary>
    public SomeLake WithKeyOf(SomeLake other)
    {
        File.Copy(Path.Combine(other.Data, "lake.key"), Path.Combine(Data, "lake.key"));
        return this;
    }

    /// <summary>Writes a log and returns its path.</summary>
    public string Write(string name, byte[] log)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, log);
        return path;
    }

    /// <summary>Ingests logs in one run, as a process of its own would.</summary>
    public IngestSummary Ingest(IReadOnlyList<string> paths, int linesPerCommit = 1_000_000)
    {
        using var ingest = new LogIngest(
            LakeTable.Open(Data),
            new IngestOptions { DataFolder = Data, Site = Site, GeoFiles = [CityFile, NetworkFile], LinesPerCommit = linesPerCommit });
        return ingest.Run(paths, () => throw new InvalidOperationException("No log is '-'."), null, TestContext.Current.CancellationToken);
    }

    /// <summary>Ingests logs in one run of the built command, a process of its own.</summary>
    public Task IngestByCommandAsync(IReadOnlyList<string> paths)
        => RunCommandAsync("ingest", ["--json", "--site", Site, "--geo", CityFile, "--geo", NetworkFile, .. paths]);

    /// <summary>Runs the built command on the data folder, as a process of its own that must succeed.</summary>
    public async Task RunCommandAsync(string verb, params IReadOnlyList<string> options)
    {
        using var process = StartCommand(verb, options);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await output + await error);
    }

    /// <summary>Starts the built command on the data folder; the caller ends and disposes the process.</summary>
    public Process StartCommand(string verb, params IReadOnlyList<string> options)
    {
        var command = Path.Combine(AppContext.BaseDirectory, "statsgraph.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [command, verb, "--data", Data, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>
    /// Executes a document and returns the <c>data</c> of the response, which must have no errors. It is answered by SQL over the lake and again by the
    /// columns, which have followed the lake up to here: both answers must be the same to the last digit.
    /// </summary>
    public JsonNode? Ask(string document, JsonObject variables)
    {
        if (bySql is null)
        {
            var table = LakeTable.Open(Data);
            SiteProfile[] sites = [new SiteProfile { Key = Site, Name = "Some Radio", TimeZone = zone, MountAliases = aliases }];
            var options = new ReportOptions { MemoryLimit = "512MB" };
            columns = new ColumnStore(table, Data, sites, line => told.Add(line));
            columns.Start();
            bySql = new ReportStore(table, sites, new StoppedClock(now), options);
            byColumns = new ReportStore(table, sites, new StoppedClock(now), options, columns);
        }

        while (columns!.Published?.Snapshot.Version != bySql.Version)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Thread.Sleep(5);
        }

        Assert.True(columns.Published.Sites.ContainsKey(Site), string.Join('\n', told));
        var (expected, actual) = (Execute(bySql, document, variables), Execute(byColumns!, document, variables));
        Assert.Equal($"{document}\n{variables}\n{expected}", $"{document}\n{variables}\n{actual}");
        var json = JsonNode.Parse(expected)!;
        Assert.True(json["errors"] is null, $"{json["errors"]}\n{document}\n{variables}");
        return json["data"];
    }

    /// <summary>What the oracle makes of the same logs.</summary>
    public OracleModel Model(params OracleSource[] logs)
    {
        var key = LakeKey.Open(Data).Line;
        var world = new OracleWorld
        {
            LineHash = line => (long)new SipHash24(key.Span).Hash(line),
            Place = address => places
                .Where(entry => System.Net.IPNetwork.Parse(entry.Network).Contains(System.Net.IPAddress.Parse(address)))
                .Select(entry => entry.Place)
                .SingleOrDefault(),
            Country = code => Countries.Find(code) is { } country
                ? new OracleCountry(country.Name, country.Continent, country.Latitude, country.Longitude) : null,
            Player = agent => agent is null ? null : PlayerNames.Of(agent),
            ReferrerKind = host => Referrers.Kind(host).ToString().ToUpperInvariant(),
        };
        return new OracleModel(
            [new OracleSite(Site, "Some Radio", zone, aliases, OracleLake.Read(logs, world))], now.ToUnixTimeSeconds(), world);
    }

    public void Dispose()
    {
        bySql?.Dispose();
        byColumns?.Dispose();
        columns?.Dispose();
        folder.Delete(recursive: true);
    }

    private static string Execute(ReportStore store, string document, JsonObject variables)
    {
        var response = GraphQLExecutor
            .ExecuteAsync(store, document, null, variables.ToJsonString(), TestContext.Current.CancellationToken)
            .GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(response.Json.Span);
    }

    private static Dictionary<string, object> CityRecord(OraclePlace place)
    {
        static Dictionary<string, object> Named(string name) => new() { ["names"] = new Dictionary<string, object> { ["en"] = name, ["de"] = name + " (de)" } };
        var record = new Dictionary<string, object> { ["country"] = new Dictionary<string, object> { ["iso_code"] = place.Country! } };
        if (place.Region is not null)
            record["subdivisions"] = new List<object> { Named(place.Region) };
        if (place.City is not null)
            record["city"] = Named(place.City);
        return record;
    }

    private static Dictionary<string, object> NetworkRecord(OraclePlace place) => new()
    {
        ["autonomous_system_number"] = (uint)place.NetworkNumber!,
        ["autonomous_system_organization"] = place.NetworkName!,
    };
}
