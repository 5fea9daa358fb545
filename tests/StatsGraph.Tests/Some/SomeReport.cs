using System.Globalization;
using NodaTime;
using NodaTime.Text;
using StatsGraph.Reports;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Tests.Some;

/// <summary>Reports on a few sessions written down in a test, each as <c>listener mount start end</c> and more.</summary>
public sealed class SomeReport : IDisposable
{
    private readonly QueryEngine engine = new("256MB");
    private readonly SessionTables tables;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");
    private readonly List<string> rows = [];

    public SomeReport() => tables = new SessionTables(engine);

    /// <summary>Adds a session of a listener.</summary>
    public SomeReport Session(
        int listener, string mount, string start, long seconds, string? country = null, string kind = "listener", string? referrer = null,
        long bytes = 1)
    {
        var from = At(start).ToUnixTimeSeconds();
        static string Text(string? value) => value is null ? "null" : $"'{value}'";
        rows.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"({Text(kind)}, {rows.Count}, {from}, {from + seconds}, {seconds}, {bytes}, {Text(mount)}, {listener}, {Text(country)}, {Text(referrer)})"));
        return this;
    }

    /// <summary>The report on a period, in a zone.</summary>
    public async Task<Report> Of(
        string from, string to, string zone = "UTC", long minDuration = 0, Condition<SessionField>? where = null,
        IReadOnlyDictionary<string, string>? aliases = null)
    {
        var file = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.parquet");
        await engine.ExecuteAsync(
            new Statement($"""
                copy (
                    select
                        kind as class, hash::bigint as line_hash, 0::integer as ordinal, null::varchar as reason, null::varchar as excerpt,
                        to_timestamp(s) as started_at, to_timestamp(e) as ended_at, d::bigint as duration, 200::integer as status,
                        b::decimal(20, 0) as bytes, mount, listener::bigint as listener, null::varchar as user_agent, null::varchar as player,
                        referrer::varchar as referrer, country::varchar as country, null::varchar as region, null::varchar as city,
                        null::bigint as asn, null::varchar as network
                    from (values {string.Join(", ", rows)}) t(kind, hash, s, e, d, b, mount, listener, country, referrer)
                ) to '{file}'
                """),
            TestContext.Current.CancellationToken);
        var lines = new SiteLines(0, $"site-{Guid.NewGuid():N}", [SomeLake.DataFile(file)]);
        var mountAliases = aliases ?? new Dictionary<string, string>();
        var clock = ZoneClock.Of(zone);
        var scope = new ReportScope(
            new LakeRoad(engine, async cancellation => (await tables.UseAsync(lines, mountAliases, minDuration, cancellation)).Name),
            PeriodResolver.Resolve(new PeriodRequest.Instants(At(from), At(to)), clock, At("2030-01-01T00:00:00Z"), 10),
            where.OfListeners(),
            At("2029-01-01T00:00:00Z"),
            new ReportOptions());
        return new Report(engine, scope, lines, mountAliases);
    }

    public void Dispose()
    {
        engine.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>An instant as ISO 8601 has it.</summary>
    public static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
