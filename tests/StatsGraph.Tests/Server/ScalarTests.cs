using GraphQLParser.AST;
using NodaTime;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Types;

namespace StatsGraph.Tests.Server;

public sealed class ScalarTests
{
    private static readonly DateTimeScalar DateTime = new();
    private static readonly LocalDateScalar LocalDate = new();

    [Theory]
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T03:30:00+02:00", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T07:15:00+05:45", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25t01:30:00z", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T01:30:00.000Z", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T01:30:00-00:00", "2026-10-25T01:30:00Z")]
    public void Instants_are_read_with_any_offset_and_written_in_utc(string given, string written)
    {
        Assert.Equal(written, DateTime.Serialize(DateTime.ParseValue(given)));
        Assert.Equal(DateTime.ParseValue(given), DateTime.ParseLiteral(new GraphQLStringValue(given)));
    }

    [Theory]
    [InlineData("2026-10-25T01:30:00")]
    [InlineData("2026-10-25 01:30:00Z")]
    [InlineData("2026-10-25T01:30:00.5Z")]
    [InlineData("2026-10-25T24:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-10-25")]
    [InlineData("")]
    public void Anything_else_is_no_instant(string given)
    {
        var error = Assert.Throws<ReportException>(() => DateTime.ParseValue(given));
        Assert.Equal(("PERIOD_INVALID", given), (error.Code, error.Value));
        Assert.Equal($"'{given}' is no instant; expected a date, a time on a whole second and an offset as in 2026-10-25T01:30:00Z.", error.Message);
    }

    [Fact]
    public void Days_are_read_and_written_as_days()
    {
        Assert.Equal(new LocalDate(2024, 2, 29), LocalDate.ParseValue("2024-02-29"));
        Assert.Equal("2024-02-29", LocalDate.Serialize(new LocalDate(2024, 2, 29)));
    }

    [Theory]
    [InlineData("2026-02-29")]
    [InlineData("2026-2-9")]
    [InlineData("26-02-09")]
    [InlineData("2026-02-09T00:00:00Z")]
    [InlineData("-026-02-09")]
    public void Anything_else_is_no_day(string given)
    {
        var error = Assert.Throws<ReportException>(() => LocalDate.ParseLiteral(new GraphQLStringValue(given)));
        Assert.Equal(("PERIOD_INVALID", given), (error.Code, error.Value));
        Assert.Equal($"'{given}' is no day; expected year, month and day as in 2026-10-25.", error.Message);
    }
}
