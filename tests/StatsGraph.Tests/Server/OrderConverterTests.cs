using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Server.GraphQL.Conversion;

namespace StatsGraph.Tests.Server;

public sealed class OrderConverterTests
{
    [Theory]
    [InlineData("key", Metric.Key)]
    [InlineData("sessions", Metric.Sessions)]
    [InlineData("visits", Metric.Visits)]
    [InlineData("listeners", Metric.Listeners)]
    [InlineData("tuningHours", Metric.TuningHours)]
    [InlineData("averageDuration", Metric.AverageDuration)]
    public void Every_key_is_a_metric(string key, Metric metric)
        => Assert.Equal([new Sort<Metric>(metric, Descending: false)], OrderConverter.Metrics([Step(key, false)], Metric.Visits));

    [Fact]
    public void Steps_keep_their_order_and_direction()
        => Assert.Equal(
            [new Sort<ErrorMetric>(ErrorMetric.LastSeen, true), new Sort<ErrorMetric>(ErrorMetric.Status, false)],
            OrderConverter.Errors([Step("lastSeen", true), Step("status", false)]));

    [Fact]
    public void Null_is_the_order_of_the_list_and_an_empty_order_is_by_key_alone()
    {
        Assert.Equal([new Sort<Metric>(Metric.Visits, Descending: true)], OrderConverter.Metrics(null, Metric.Visits));
        Assert.Empty(OrderConverter.Metrics([], Metric.Visits));
        Assert.Equal([new Sort<ErrorMetric>(ErrorMetric.Requests, Descending: true)], OrderConverter.Errors(null));
    }

    [Fact]
    public void A_step_has_exactly_one_key()
    {
        var two = new Dictionary<string, object?> { ["visits"] = true, ["key"] = false };
        var error = Assert.Throws<ReportException>(() => OrderConverter.Metrics([two], Metric.Visits));
        Assert.Equal("ORDER_INVALID", error.Code);
        Assert.Equal("key, visits", error.Value);
        Assert.Equal(
            "A step of an order has exactly one key, with ASC or DESC; this one has key, visits. "
            + "Write one object for each step: [{ visits: DESC }, { key: ASC }].",
            error.Message);
    }

    [Fact]
    public void A_step_without_a_direction_is_none()
    {
        Assert.Equal("ORDER_INVALID", Assert.Throws<ReportException>(() => OrderConverter.Metrics([Step("visits", null)], Metric.Visits)).Code);
        Assert.Equal(
            "ORDER_INVALID",
            Assert.Throws<ReportException>(() => OrderConverter.Errors([new Dictionary<string, object?>()])).Code);
    }

    private static Dictionary<string, object?> Step(string key, object? direction) => new() { [key] = direction };
}
