using NodaTime;
using NodaTime.Text;
using StatsGraph.Reports;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Plays;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Tests.Some;

/// <summary>Reports on a few sessions written down in a test, each as <c>listener mount start end</c> and more.</summary>
public sealed class SomeReport : IDisposable
{
    private readonly QueryEngine engine = new("256MB");
    private readonly SessionTables tables;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");
    private readonly List<SomeSession> sessions = [];
    private readonly List<PlayRow> plays = [];
    private readonly Dictionary<string, string> channels = new(StringComparer.Ordinal);

    public SomeReport() => tables = new SessionTables(engine);

    /// <summary>Adds a session of a listener.</summary>
    public SomeReport Session(
        int listener, string mount, string start, long seconds, string? country = null, string kind = "listener", string? referrer = null,
        long bytes = 1)
    {
        var from = At(start).ToUnixTimeSeconds();
        sessions.Add(new SomeSession(
            kind, from, from + seconds, (ulong)bytes, mount, listener, Hash: sessions.Count, country, Region: null, City: null, referrer, Player: null,
            Agent: null, Asn: null, NetworkName: null));
        return this;
    }

    /// <summary>Makes some mounts one channel.</summary>
    public SomeReport Channel(string name, params string[] mounts)
    {
        foreach (var mount in mounts)
            channels[mount] = name;
        return this;
    }

    /// <summary>Adds a row of a playlist; a title of null is a break.</summary>
    public SomeReport Play(string? mount, string start, string? title, double? seconds = null, string? artist = "Artist", string? isrc = null, string? album = null)
    {
        plays.Add(new PlayRow(
            title is null, plays.Count, At(start).ToUnixTimeMilliseconds(), IsLocal: false, (long?)(seconds * 1_000), mount,
            new Track(artist, title, album, Label: null, isrc)));
        return this;
    }

    /// <summary>The report on a period, in a zone.</summary>
    public async Task<Report> Of(
        string from, string to, string zone = "UTC", long minDuration = 0, Condition<SessionField>? where = null,
        IReadOnlyDictionary<string, string>? aliases = null)
    {
        var lines = await SomeSessions.WriteAsync(engine, Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.parquet"), sessions);
        var mountAliases = aliases ?? new Dictionary<string, string>();
        var clock = ZoneClock.Of(zone);
        var scope = new ReportScope(
            new LakeRoad(engine, async cancellation => (await tables.UseAsync(lines, mountAliases, minDuration, cancellation)).Name),
            PeriodResolver.Resolve(new PeriodRequest.Instants(At(from), At(to)), clock, At("2030-01-01T00:00:00Z"), 10),
            where.OfListeners(),
            At("2029-01-01T00:00:00Z"),
            new ReportOptions());
        var sitePlays = SitePlays.Of(plays, new SiteProfile
        {
            Key = "radio",
            MountAliases = mountAliases,
            ChannelOf = mount => channels.GetValueOrDefault(mount, mount),
        });
        return new Report(engine, scope, lines, mountAliases, _ => Task.FromResult(sitePlays));
    }

    public void Dispose()
    {
        engine.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>An instant as ISO 8601 has it.</summary>
    public static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
