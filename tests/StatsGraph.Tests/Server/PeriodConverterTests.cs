using NodaTime;
using StatsGraph.Reports;
using StatsGraph.Reports.Periods;
using StatsGraph.Server.GraphQL.Conversion;

namespace StatsGraph.Tests.Server;

public sealed class PeriodConverterTests
{
    [Fact]
    public void Each_key_becomes_its_request()
    {
        Assert.Equal(new PeriodRequest.Preset(PeriodPreset.Last7Days), Convert("preset", PeriodPreset.Last7Days));
        Assert.Equal(new PeriodRequest.Month("2026-10"), Convert("month", "2026-10"));
        Assert.Equal(
            new PeriodRequest.Days(new LocalDate(2026, 10, 1), new LocalDate(2026, 10, 8)),
            Convert("days", Range(new LocalDate(2026, 10, 1), new LocalDate(2026, 10, 8))));
        Assert.Equal(
            new PeriodRequest.Instants(Instant.FromUnixTimeSeconds(0), Instant.FromUnixTimeSeconds(60)),
            Convert("instants", Range(Instant.FromUnixTimeSeconds(0), Instant.FromUnixTimeSeconds(60))));
    }

    [Fact]
    public void No_key_is_no_period()
    {
        var error = Assert.Throws<ReportException>(() => PeriodConverter.Convert(new Dictionary<string, object?>()));
        Assert.Equal("PERIOD_INVALID", error.Code);
        Assert.Equal("A period has exactly one of preset, month, days and instants, not null; this one has none.", error.Message);
    }

    [Fact]
    public void Two_keys_are_no_period()
    {
        var error = Assert.Throws<ReportException>(
            () => PeriodConverter.Convert(new Dictionary<string, object?> { ["preset"] = PeriodPreset.Today, ["month"] = "2026-10" }));
        Assert.Equal("A period has exactly one of preset, month, days and instants, not null; this one has month, preset.", error.Message);
        Assert.Equal("month, preset", error.Value);
    }

    [Fact]
    public void Null_is_no_period()
        => Assert.Equal("PERIOD_INVALID", Assert.Throws<ReportException>(() => Convert("month", null)).Code);

    private static PeriodRequest Convert(string key, object? value)
        => PeriodConverter.Convert(new Dictionary<string, object?> { [key] = value });

    private static Dictionary<string, object?> Range(object from, object to) => new() { ["from"] = from, ["to"] = to };
}
