using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using StatsGraph.Compliance;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Compliance;

/// <summary>
/// What holds of every report on random logs, with sessions around month ends and changes of clocks, of every class and country. Each is computed by SQL
/// and from columns, and has to be the same to the last byte.
/// </summary>
public sealed class CompliancePropertyTests
{
    private const string Document =
        """
        query($profile: String!, $from: LocalDate!, $to: LocalDate!, $minimum: Int!) { site(key: "radio") {
          compliance(profile: $profile, period: { days: { from: $from, to: $to } }) { document }
          report(period: { days: { from: $from, to: $to } }, minDuration: $minimum) {
            totals { tuningHours sessions } mounts(first: 1000) { nodes { mount metrics { tuningHours sessions } } }
            countries(first: 1000) { nodes { code metrics { tuningHours sessions } } }
          }
        } }
        """;

    private static readonly string[] Us = ["US", "PR", "GU", "VI", "AS", "MP"];

    [Theory]
    [InlineData(1, "Europe/Berlin", "2026-10-01")]
    [InlineData(2, "America/New_York", "2026-03-01")]
    [InlineData(3, "Asia/Kathmandu", "2028-02-01")]
    public void Parts_add_up_to_what_reports_compute_and_both_roads_agree(int seed, string zone, string firstMonth)
    {
        var month = DateOnly.ParseExact(firstMonth, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var lake = new SomeLake(
            zone, DateTimeOffset.Parse("2028-06-01T00:00:00Z", CultureInfo.InvariantCulture), new Dictionary<string, string> { ["/jazz.aac"] = "/jazz" });
        lake.Ingest([lake.Write("access.log", RandomLog.Make(new RandomLogOptions(seed, 700, zone, month)).ToBytes())]);
        foreach (var (profile, minimum) in ((string, int)[])[("US-ATH", 0), ("INDUSTRY", 60), ("UK-PPL", 0), ("DE-GVL", 0), ("CA-RESOUND", 0)])
        {
            var site = lake.Ask(Document, new JsonObject
            {
                ["profile"] = profile,
                ["from"] = month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["to"] = month.AddMonths(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["minimum"] = minimum,
            })!["site"]!;
            var report = ReportDocument.Read<ComplianceReport>(Encoding.UTF8.GetBytes(site["compliance"]!["document"]!.ToString()));
            Check(report, site["report"]!);
            if (profile == "US-ATH")
                Assert.Equal(Hours(site["report"]!["countries"]!, row => Us.Contains(row["code"]?.ToString())), report.Total.Territory.TuningHours, 1e-9);
        }
    }

    private static void Check(ComplianceReport report, JsonNode plain)
    {
        Assert.True(report.Total.All.Sessions > 0);
        Assert.Equal(plain["totals"]!["tuningHours"]!.GetValue<double>(), report.Total.All.TuningHours);
        Assert.Equal(plain["totals"]!["sessions"]!.GetValue<long>(), report.Total.All.Sessions);
        Assert.Equal(Hours(plain["countries"]!, row => row["code"] is null), report.Total.Unknown.TuningHours, 1e-9);
        Assert.Equal(
            plain["mounts"]!["nodes"]!.AsArray()
                .Select(row => (row!["mount"]!.ToString(), row["metrics"]!["tuningHours"]!.GetValue<double>(), row["metrics"]!["sessions"]!.GetValue<long>()))
                .OrderBy(row => row.Item1, StringComparer.Ordinal),
            report.Channels.Select(channel => (channel.Name!, channel.All.TuningHours, channel.All.Sessions)));

        foreach (var channel in report.Channels.Append(report.Total))
            Assert.Equal(channel.All, channel.Territory.Plus(channel.Outside).Plus(channel.Unknown));
        Assert.Equal(report.Total.Territory, Sum(report, channel => channel.Territory));
        Assert.Equal(report.Total.Outside, Sum(report, channel => channel.Outside));
        Assert.Equal(report.Total.Unknown, Sum(report, channel => channel.Unknown));
        Assert.Equal(report.Total.ActiveSessions, report.Channels.Sum(channel => channel.ActiveSessions));
        Assert.InRange(report.Total.ActiveSessions, report.Total.All.Sessions, long.MaxValue);
        Assert.Equal(report.Total.Territory.ListeningSeconds, report.Days.Sum(day => day.Territory));
        Assert.Equal(report.Total.Outside.ListeningSeconds, report.Days.Sum(day => day.Outside));
        Assert.Equal(report.Total.Unknown.ListeningSeconds, report.Days.Sum(day => day.Unknown));
        Assert.All(report.Channels.SelectMany(channel => channel.Threshold.Zip([channel.Territory])), use => Assert.Equal(use.Second.TuningHours, use.First.TuningHours));
    }

    private static double Hours(JsonNode list, Func<JsonNode, bool> isWanted)
        => list["nodes"]!.AsArray().Where(row => isWanted(row!)).Sum(row => row!["metrics"]!["tuningHours"]!.GetValue<double>());

    private static Listening Sum(ComplianceReport report, Func<ChannelFigures, Listening> part)
        => report.Channels.Aggregate(new Listening(0, 0), (sum, channel) => sum.Plus(part(channel)));
}
