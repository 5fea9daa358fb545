using System.Globalization;
using StatsGraph.Configuration;

namespace StatsGraph.Tests.Command;

public sealed class AgeTests
{
    [Theory]
    [InlineData("0d", "2024-03-31T12:00:00Z")]
    [InlineData("36h", "2024-03-30T00:00:00Z")]
    [InlineData("7d", "2024-03-24T12:00:00Z")]
    [InlineData("2w", "2024-03-17T12:00:00Z")]
    [InlineData("1mo", "2024-02-29T12:00:00Z")]
    [InlineData("13mo", "2023-02-28T12:00:00Z")]
    [InlineData("24mo", "2022-03-31T12:00:00Z")]
    [InlineData("2y", "2022-03-31T12:00:00Z")]
    [InlineData("9999y", "0001-01-01T00:00:00Z")]
    [InlineData("9999w", "1832-08-12T12:00:00Z")]
    public void An_age_leads_back_from_an_instant(string text, string before)
        => Assert.Equal(Instant(before), Age.Parse(text).Before(Instant("2024-03-31T12:00:00Z")));

    [Theory]
    [InlineData("0d", "2024-01-31T12:00:00Z")]
    [InlineData("36h", "2024-02-02T00:00:00Z")]
    [InlineData("90d", "2024-04-30T12:00:00Z")]
    [InlineData("1mo", "2024-02-29T12:00:00Z")]
    [InlineData("2y", "2026-01-31T12:00:00Z")]
    [InlineData("9999y", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("9999w", "2215-09-20T12:00:00Z")]
    public void An_age_leads_on_from_an_instant(string text, string after)
        => Assert.Equal(Instant(after), Age.Parse(text).After(Instant("2024-01-31T12:00:00Z")));

    [Fact]
    public void No_age_leads_past_the_last_instant()
        => Assert.All(
            new[] { "1h", "1d", "1mo", "1y", "9999y" },
            text => Assert.Equal(DateTimeOffset.MaxValue, Age.Parse(text).After(DateTimeOffset.MaxValue.AddMinutes(-1))));

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("-7d")]
    [InlineData("7 d")]
    [InlineData("7D")]
    [InlineData("1.5d")]
    [InlineData("7m")]
    [InlineData("10000d")]
    [InlineData("7d\n")]
    public void Anything_else_is_none(string text)
    {
        var exception = Assert.Throws<FormatException>(() => Age.Parse(text));

        Assert.Equal($"'{text}' is no age; expected a whole number from 0 to 9999 and h, d, w, mo or y, such as 36h, 7d or 24mo", exception.Message);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
