using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Invariants;

/// <summary>Lines that come late, or come again in another cut.</summary>
public sealed class LateDataTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-12-05T00:00:00Z", CultureInfo.InvariantCulture);

    private readonly SomeLake lake = new("UTC", Now);

    public void Dispose() => lake.Dispose();

    [Fact]
    public void A_session_that_ends_next_month_adds_exactly_its_part_to_this_month()
    {
        lake.Ingest([lake.Write("october.log", Log(("2026-10-31T23:00:00Z", 3_600)))]);
        Assert.Equal((1, 1.0, 1), Month("2026-10"));

        // Three hours, of which one lies in October.
        lake.Ingest([lake.Write("november.log", Log(("2026-11-01T02:00:00Z", 10_800), ("2026-11-01T03:00:00Z", 60)))]);

        Assert.Equal((2, 2.0, 2), Month("2026-10"));
        Assert.Equal((1, (7_200 + 60) / 3_600.0, 2), Month("2026-11"));
    }

    [Fact]
    public void An_archive_that_is_imported_a_year_later_lands_where_it_belongs()
    {
        lake.Ingest([lake.Write("now.log", Log(("2026-11-20T12:00:00Z", 1_800)))]);
        var before = Month("2026-11");

        lake.Ingest([lake.Write("old.log", Log(("2025-11-20T12:00:00Z", 3_600), ("2025-12-01T00:30:00Z", 3_600)))]);

        Assert.Equal(before, Month("2026-11"));
        Assert.Equal((2, 1.5, 2), Month("2025-11"));
        Assert.Equal((0, 0.5, 1), Month("2025-12"));
    }

    [Fact]
    public void The_same_lines_in_another_cut_are_said_to_be_in_already()
    {
        var (a, b, c) = (Log(("2026-11-01T10:00:00Z", 60)), Log(("2026-11-01T11:00:00Z", 60)), Log(("2026-11-01T12:00:00Z", 60)));

        Assert.Equal((1, 0, 1), Ingest("a.log", a));
        Assert.Equal((1, 0, 1), Ingest("b.log", b));
        Assert.Equal((3, 2, 1), Ingest("whole.log", [.. a, .. b, .. c]));
        Assert.Equal((2, 2, 0), Ingest("cat.log", [.. b, .. a]));
        Assert.Equal((2, 2, 0), Ingest("yesterday.log", [.. a, .. b]));
        Assert.Equal((4, 3, 1), Ingest("whole.log", [.. a, .. b, .. c, .. Log(("2026-11-01T13:00:00Z", 60))]));

        Assert.Equal((4, 4 / 60.0, 4), Month("2026-11"));
    }

    private static byte[] Log(params (string EndedAt, int Duration)[] sessions) => Encoding.Latin1.GetBytes(string.Concat(sessions.Select(
        session => new LogLine
        {
            EndedAt = DateTimeOffset.Parse(session.EndedAt, CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
            Duration = session.Duration.ToString(CultureInfo.InvariantCulture),
            Agent = $"Player {session.EndedAt}",
            Bytes = "9999999999",
        } + "\n")));

    private (long Lines, long Known, long New) Ingest(string name, byte[] log)
    {
        var summary = lake.Ingest([lake.Write(name, log)]);
        return (summary.Lines, summary.AlreadyIngested, summary.Classes[LineClass.Listener]);
    }

    private (long Sessions, double Hours, long Listeners) Month(string month)
    {
        const string Document = """
            query ($month: String!) { site(key: "radio") { report(period: { month: $month }) { totals { sessions tuningHours listeners } } } }
            """;
        var totals = lake.Ask(Document, new JsonObject { ["month"] = month })!["site"]!["report"]!["totals"]!;
        return (totals["sessions"]!.GetValue<long>(), totals["tuningHours"]!.GetValue<double>(), totals["listeners"]!.GetValue<long>());
    }
}
