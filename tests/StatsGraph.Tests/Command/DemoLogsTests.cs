using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StatsGraph.Demo;

namespace StatsGraph.Tests.Command;

public sealed class DemoLogsTests
{
    private static readonly IReadOnlyList<DemoLine> Lines = DemoLogs.Lines();

    [Fact]
    public void The_logs_are_the_same_on_every_machine_and_in_every_run()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in DemoLogs.Lines())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line.Text + "\n"));
        }

        Assert.Equal("9f46aeca8a03a903ef608f261da5c09cde8c2cffbb84459762c71d591d6c9d39", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void A_month_of_a_station_is_between_60_000_and_120_000_lines()
        => Assert.InRange(Lines.Count, 60_000, 120_000);

    [Fact]
    public void Lines_are_in_the_order_in_which_clients_leave()
        => Assert.Equal(Lines.Select(line => line.End).Order(), Lines.Select(line => line.End));

    [Theory]
    [InlineData("2026-10-25T00:59:59Z", "25/Oct/2026:02:59:59 +0200")]
    [InlineData("2026-10-25T01:00:00Z", "25/Oct/2026:02:00:00 +0100")]
    [InlineData("2026-09-30T21:59:59Z", "30/Sep/2026:23:59:59 +0200")]
    public void The_hour_from_two_to_three_comes_twice_when_the_clock_is_set_back(string instant, string stamp)
        => Assert.Equal(stamp, DemoClock.Stamp(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).ToUnixTimeSeconds()));

    [Fact]
    public void Sessions_reach_over_both_ends_of_the_month()
    {
        Assert.Contains(Lines, line => line.End > DemoClock.MonthBegins && line.End - Duration(line) < DemoClock.MonthBegins && Listens(line));
        Assert.Contains(Lines, line => line.End > DemoClock.MonthEnds && line.End - Duration(line) < DemoClock.MonthEnds && Listens(line));
    }

    [Fact]
    public void Weeks_that_are_over_are_compressed_and_the_newest_is_plain()
    {
        var folder = Directory.CreateTempSubdirectory("statsgraph-test-");
        try
        {
            DemoLogs.Write(folder.FullName);
            Assert.Equal(
                ["access.log", "access.log-20261005.gz", "access.log-20261012.gz", "access.log-20261019.gz", "access.log-20261026.gz", "access.log-20261102.gz"],
                folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Listens(DemoLine line) => line.Text.Contains("\"GET /live.mp3 HTTP/1.1\" 200", StringComparison.Ordinal);

    private static long Duration(DemoLine line)
        => long.TryParse(line.Text.AsSpan(line.Text.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds : 0;
}
