namespace StatsGraph.Tests.Command;

public sealed class LengthOfTimeTests
{
    [Theory]
    [InlineData("100ms", 0.1)]
    [InlineData("5s", 5)]
    [InlineData("2m", 120)]
    [InlineData("1h", 3600)]
    public void A_number_with_a_unit_is_a_length_of_time(string text, double seconds)
    {
        Assert.True(LengthOfTime.TryParse(text, out var interval));
        Assert.Equal(seconds, interval.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("99ms")]
    [InlineData("0s")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("61m")]
    [InlineData("5d")]
    [InlineData("99999999s")]
    public void Anything_else_is_none(string text) => Assert.False(LengthOfTime.TryParse(text, out _));
}
