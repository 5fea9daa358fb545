using System.Globalization;
using System.Text;
using StatsGraph.Ingest;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Ingest;

/// <summary>Each warning is there where a person can mend something, and is not there on the other side of its threshold.</summary>
public sealed class WarningTests : IDisposable
{
    private const long Noon = 1_793_534_400;

    private readonly DataFolder folder = new();
    private readonly TimeProvider clock = new StoppedClock(DateTimeOffset.FromUnixTimeSeconds(Noon + (30 * 86_400)));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_ordinary_log_warns_of_nothing() => Assert.Empty(Run(2_000, Listener));

    [Fact]
    public void A_log_of_nothing_warns_of_nothing() => Assert.Empty(Run(0, Listener));

    [Theory]
    [InlineData("172.18.0.1", "172.18.0.0/24")]
    [InlineData("10.1.2.3", "10.1.2.0/24")]
    [InlineData("127.0.0.1", "127.0.0.0/24")]
    [InlineData("::1", "::/48")]
    [InlineData("::ffff:192.168.1.9", "192.168.1.0/24")]
    [InlineData("fd00:1:2:3::4", "fd00:1:2::/48")]
    public void Most_addresses_private_means_a_proxy(string address, string network)
    {
        var warning = Assert.Single(Run(200, index => Listener(index) with { Address = index % 200 < 101 ? address : Listener(index).Address }));
        Assert.Equal("private-addresses", warning.Code);
        Assert.StartsWith(
            $"101 of 200 new listener lines come from private addresses, most often {network}: the server stands behind a proxy",
            warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 100)] // half
    [InlineData(99, 99)] // a tiny log
    public void Some_private_addresses_are_none_of_our_business(int lines, int own)
        => Assert.Empty(Run(lines, index => Listener(index) with { Address = index < own ? "10.1.2.3" : Listener(index).Address }));

    [Fact]
    public void Private_addresses_of_bots_and_encoders_are_no_listeners()
        => Assert.Empty(Run(400, index => index < 250 ? Listener(index) with { Address = "10.1.2.3", Agent = "curl/8.5.0" } : Listener(index)));

    [Fact]
    public void Lines_without_duration_are_of_another_format()
    {
        var warnings = Run(300, index => Bare(index, index % 300 < 160));
        Assert.Equal("no-durations", Assert.Single(warnings).Code);
        Assert.StartsWith("160 of 300 new lines have no duration at their end", warnings[0].Message, StringComparison.Ordinal);
        Assert.Empty(Run(300, index => Bare(index, index % 300 < 150), "half.log"));
        Assert.Empty(Run(99, index => Bare(index, index > 0), "tiny.log"));
    }

    [Fact]
    public void Mostly_rejected_lines_of_other_kinds_are_told_by_the_most_frequent_reason()
    {
        var warning = Assert.Single(Run(300, index => Listener(index) with { Address = index % 300 < 200 ? "1.2.3.4," : Listener(index).Address }));
        Assert.Equal("mostly-rejected", warning.Code);
        Assert.Contains("200 of 300 new lines are no access records, most often address-list", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stamps_that_run_backwards_are_told_with_their_place()
    {
        var warning = Assert.Single(Run(200, index => Listener(index) with { EndedAt = Noon + (60 * index) - (index >= 150 ? 7_200 : 0) }));
        Assert.Equal("clock-set-back", warning.Code);
        Assert.StartsWith("stamps run backwards once in 1 log, at most by 119 minutes at ", warning.Message, StringComparison.Ordinal);
        Assert.Contains("access.log:151: the server's clock was set back", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_are_late_by_minutes_and_logs_in_any_order_are_ordinary()
    {
        Assert.Empty(Run(200, index => Listener(index) with { EndedAt = Noon + (60 * index) - (index % 7 == 0 ? 600 : 0) }));
        Write("b.log", 200, Listener);
        Write("a.log", 200, index => Listener(index + 5_000));
        Assert.Empty(Run(["a.log", "b.log"]));
    }

    [Fact]
    public void A_leap_of_months_is_a_wrong_clock_or_a_missing_log()
    {
        var warning = Assert.Single(Run(200, index => Listener(index) with { EndedAt = (index < 20 ? 1_000_000 : Noon) + (60 * index) }));
        Assert.Equal("clock-leap", warning.Code);
        Assert.StartsWith("stamps leap ahead once in 1 log, at most by 56 years at ", warning.Message, StringComparison.Ordinal);
        Assert.Empty(Run(200, index => Listener(index) with { EndedAt = Noon - (index < 20 ? (31 * 86_400) - 60 : 0) + (60 * index) }, "month.log"));
    }

    [Fact]
    public void Stamps_in_the_future_are_told_by_this_machines_clock()
    {
        var month = 30 * 86_400;
        var warning = Assert.Single(Run(200, index => Listener(index) with { EndedAt = Noon + month + 601 + index - (index < 190 ? 3_600 : 0) }));
        Assert.Equal("future-stamps", warning.Code);
        Assert.StartsWith(
            "10 of 200 new lines are stamped later than now, up to 2026-12-01 12:13 UTC; this machine's clock says 2026-12-01 12:00 UTC",
            warning.Message, StringComparison.Ordinal);
        Assert.Empty(Run(200, index => Listener(index) with { EndedAt = Noon + month + 400 + index }, "soon.log"));
    }

    [Theory]
    [InlineData(1_000, 200, true)]
    [InlineData(999, 200, false)]
    [InlineData(1_000, 199, false)]
    public void One_country_from_many_networks_asks_for_a_look_at_the_geolocation_file(int lines, int networks, bool warns)
    {
        var warnings = Run(lines, index => Listener(index) with { Address = $"81.2.{index % networks}.{1 + (index / networks)}" },
            geo: [("81.2.0.0/16", "GB")]);
        Assert.Equal(warns ? ["one-country"] : [], warnings.Select(warning => warning.Code));
        Assert.All(warnings, warning => Assert.StartsWith(
            "all 1,000 new listener lines that could be placed are in GB, though they come from 200 networks", warning.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void One_address_for_all_is_a_proxy_or_a_relay()
    {
        var warning = Assert.Single(Run(100, index => Listener(index) with { Address = "203.0.113.7" }, geo: [("203.0.113.0/24", "US")]));
        Assert.StartsWith("one-address all 100 new listener lines come from 203.0.113.0/24: ", $"{warning.Code} {warning.Message}",
            StringComparison.Ordinal);
        Assert.Empty(Run(100, index => Listener(index) with { Address = index == 0 ? "81.2.69.1" : "203.0.113.7" }, "two.log"));
    }

    [Fact]
    public void Tokens_for_addresses_tell_no_place()
    {
        var warning = Assert.Single(Run(100, index => Listener(index) with { Address = index < 51 ? $"h{index}" : Listener(index).Address }));
        Assert.StartsWith("no-addresses 51 of 100 new listener lines hold a host name or a token", $"{warning.Code} {warning.Message}",
            StringComparison.Ordinal);
        Assert.Empty(Run(100, index => Listener(index) with { Address = index < 50 ? $"g{index}" : Listener(index).Address }, "half.log"));
    }

    [Fact]
    public void Public_addresses_that_no_file_knows_ask_for_another_file()
    {
        var warning = Assert.Single(Run(100, Listener, geo: [("203.0.113.0/24", "US")]));
        Assert.StartsWith("unknown-places 100 of 100 new listener lines have a public address", $"{warning.Code} {warning.Message}",
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_without_any_listener_is_the_wrong_log_and_a_night_is_not()
    {
        var warning = Assert.Single(Run(145, index => Listener(index) with { EndedAt = Noon + (600 * index), Agent = "curl/8.5.0" }));
        Assert.StartsWith(
            "no-listeners none of 145 access records from 2026-11-01 12:00 UTC to 2026-11-02 12:00 UTC is a listener's",
            $"{warning.Code} {warning.Message}", StringComparison.Ordinal);
        Assert.Empty(Run(144, index => Listener(index) with { EndedAt = Noon + (600 * index), Agent = "Wget/1.21" }, "night.log"));
    }

    [Fact]
    public void Lines_that_are_in_already_warn_nobody_again()
    {
        Assert.Single(Run(200, index => Listener(index) with { Address = "10.0.0.1" }));
        File.Copy(folder.At("access.log"), folder.At("copy.log"));
        Assert.Empty(Run(["access.log"]));
        Assert.Empty(Run(["copy.log"]));
    }

    private static LogLine Listener(int index)
        => new()
        {
            Address = $"{(index % 2 == 0 ? "81.2" : "8.8")}.{index / 2 % 100}.{index % 250}",
            EndedAt = Noon + (60 * index),
            Bytes = "9600000",
        };

    private static LogLine Bare(int index, bool isBare) => Listener(index) with { Duration = isBare ? "" : "15" };

    private IReadOnlyList<IngestWarning> Run(
        int lines, Func<int, LogLine> line, string name = "access.log", (string Network, string Country)[]? geo = null)
    {
        Write(name, lines, line);
        return Run([name], geo);
    }

    private void Write(string name, int lines, Func<int, LogLine> line)
        => folder.Write(name, Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, lines).Select(index => line(index) + "\n"))));

    private IReadOnlyList<IngestWarning> Run(string[] names, (string Network, string Country)[]? geo = null)
    {
        var file = folder.At(string.Create(CultureInfo.InvariantCulture, $"{names[0]}.mmdb"));
        SomeMmdb.Write(file, "GeoLite2-Country", (geo ?? [("81.2.0.0/16", "GB"), ("8.8.0.0/16", "US"), ("203.0.113.0/24", "US")]).Select(place => (
            place.Network,
            new Dictionary<string, object> { ["country"] = new Dictionary<string, object> { ["iso_code"] = place.Country } })));
        var options = new IngestOptions { DataFolder = folder.Data, Site = "main", GeoFiles = [file], Clock = clock };
        return folder.Ingest(options, [.. names.Select(folder.At)]).Warnings;
    }
}
