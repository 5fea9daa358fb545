using System.Globalization;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Sessions;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports.Columns;

/// <summary>The columns and the SQL over the lake form the same visits.</summary>
public sealed class VisitsOfTheLakeTests : IDisposable
{
    private readonly QueryEngine engine = new("256MB");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 60)]
    [InlineData(4, 101)]
    public async Task Columns_and_SQL_form_the_same_visits(int seed, long minDuration)
    {
        var random = new Random(seed);
        var sessions = PlainSession.Random(random, 400);
        var texts = new SiteTexts();
        var writer = new SiteColumnsWriter(texts, maxRows: 50);
        foreach (var batch in sessions.Chunk(90))
            writer.Add(PlainSession.Rows(texts, batch), CancellationToken.None);

        var lens = VisitLens.Form(writer.Columns, minDuration, CancellationToken.None);
        var formed = PlainSession.Read(writer.Columns, lens, writer.Listeners).Select(row => (row.Session.Bytes, row.First, row.EntryMount));
        Assert.Equal(await VisitsOfSql(sessions, minDuration), formed.OrderBy(row => row.Bytes));
    }

    public void Dispose()
    {
        engine.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<List<(ulong Bytes, bool First, string? EntryMount)>> VisitsOfSql(List<PlainSession> sessions, long minDuration)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var file = Path.Combine(folder.FullName, "lines.parquet");
        await engine.ExecuteAsync(
            new Statement($"""
                copy (
                    select
                        kind as class, hash::bigint as line_hash, ordinal::integer as ordinal, null::varchar as reason,
                        null::varchar as excerpt, to_timestamp(s) as started_at, to_timestamp(e) as ended_at, d::bigint as duration,
                        200::integer as status, b::decimal(20, 0) as bytes, mount, listener::bigint as listener,
                        null::varchar as user_agent, null::varchar as player, null::varchar as referrer, null::varchar as country,
                        null::varchar as region, null::varchar as city, null::bigint as asn, null::varchar as network
                    from (values {string.Join(", ", sessions.Select(Values))}) t(kind, hash, ordinal, s, e, d, b, mount, listener)
                ) to '{file}'
                """),
            cancellation);
        var tables = new SessionTables(engine);
        using var table = await tables.UseAsync(
            new SiteLines(0, "site", [SomeLake.DataFile(file)]), new Dictionary<string, string>(), minDuration, cancellation);
        return await engine.QueryAsync(
            new Statement($"select bytes, first_of_visit, entry_mount from {table.Name} order by bytes"),
            row => ((ulong)row.GetValue(0), row.GetBoolean(1), (string?)row.GetString(2)),
            cancellation);
    }

    private static string Values(PlainSession session)
    {
        var kind = session.Kind switch { SessionFlags.Bot => "bot", SessionFlags.Relay => "relay", _ => "listener" };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            ('{kind}', {session.LineHash}, {session.Ordinal}, {ColumnTime.ToUnix(session.Start)}, {ColumnTime.ToUnix(session.End)},
            {session.Duration}, {session.Bytes}, '{session.Mount}', {session.Listener})
            """);
    }
}
