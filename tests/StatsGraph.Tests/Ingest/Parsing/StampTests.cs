using System.Globalization;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Tests.Ingest.Parsing;

public sealed class StampTests
{
    [Theory]
    [InlineData("22/Nov/2026:17:00:33 +0000", "2026-11-22T17:00:33Z")]
    [InlineData("01/Jan/1970:00:00:00 +0000", "1970-01-01T00:00:00Z")]
    [InlineData("31/Dec/9999:23:59:59 +0000", "9999-12-31T23:59:59Z")]
    [InlineData("29/Feb/2028:12:00:00 -0530", "2028-02-29T17:30:00Z")]
    [InlineData("25/Oct/2026:02:30:00 +0200", "2026-10-25T00:30:00Z")]
    [InlineData("25/Oct/2026:02:30:00 +0100", "2026-10-25T01:30:00Z")]
    [InlineData("01/Mar/2026:05:45:00 +0545", "2026-03-01T00:00:00Z")]
    [InlineData("01/Jan/2026:00:00:00 +1800", "2025-12-31T06:00:00Z")]
    [InlineData("31/Dec/1969:23:00:00 -0100", "1970-01-01T00:00:00Z")]
    public void The_offset_decides_the_instant(string stamp, string instant)
    {
        Assert.Equal(RejectReason.None, Stamp.Read(SomeLine.Bytes(stamp), out var seconds));

        Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).ToUnixTimeSeconds(), seconds);
    }

    [Theory]
    [InlineData("22/Nov/2026:17:00:33")]
    [InlineData("22/Nov/2026:17:00:33  ")]
    public void A_stamp_without_offset_is_no_instant(string stamp)
        => Assert.Equal(RejectReason.NoOffset, Stamp.Read(SomeLine.Bytes(stamp), out _));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("31/Feb/2026:17:00:33 +0000")]
    [InlineData("29/Feb/2026:17:00:33 +0000")]
    [InlineData("00/Nov/2026:17:00:33 +0000")]
    [InlineData("22/Nov/2026:24:00:00 +0000")]
    [InlineData("22/Nov/2026:23:60:00 +0000")]
    [InlineData("22/Nov/2026:23:59:60 +0000")]
    [InlineData("22/Nov/2026:17:00:33 +1801")]
    [InlineData("22/Nov/2026:17:00:33 +0060")]
    [InlineData("22/Nov/2026:17:00:33 +000")]
    [InlineData("22/Nov/2026:17:00:33 +0000 ")]
    [InlineData("22/Nov/2026:17:00:33 UTC")]
    [InlineData("22/nov/2026:17:00:33 +0000")]
    [InlineData("22/Mai/2026:17:00:33 +0000")]
    [InlineData("22/11/2026:17:00:33 +0000")]
    [InlineData("2026-11-22T17:00:33 +0000")]
    [InlineData("01/Jan/0000:00:00:00 +0000")]
    [InlineData("31/Dec/1969:23:59:59 +0000")]
    [InlineData("01/Jan/1970:00:00:00 +0001")]
    [InlineData("31/Dec/9999:23:59:59 -0001")]
    public void What_is_no_instant_of_the_calendar_is_a_bad_date(string stamp)
        => Assert.Equal(RejectReason.BadDate, Stamp.Read(SomeLine.Bytes(stamp), out _));

    [Fact]
    public void Every_day_of_four_centuries_is_the_platforms_day()
    {
        for (var day = new DateTime(1970, 1, 1); day.Year < 2400; day = day.AddDays(1))
        {
            var stamp = day.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture) + " +0000";
            Stamp.Read(SomeLine.Bytes(stamp), out var seconds);
            Assert.Equal((day - DateTime.UnixEpoch).TotalSeconds, seconds);
        }
    }
}
