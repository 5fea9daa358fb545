using System.Globalization;
using StatsGraph.Ingest.Plays;

namespace StatsGraph.Tests.Ingest.Plays;

public sealed class PlayTimeTests
{
    [Theory]
    [InlineData("2026-10-01T12:00:00Z", "2026-10-01T12:00:00.000", 0)]
    [InlineData("2026-10-01T12:00:00+02:00", "2026-10-01T10:00:00.000", 7200)]
    [InlineData("2026-10-01 12:00:00 -0330", "2026-10-01T15:30:00.000", -12600)]
    [InlineData("2026-10-01 12:00:00.25+05", "2026-10-01T07:00:00.250", 18000)]
    [InlineData("22/Nov/2026:17:00:33 +0100", "2026-11-22T16:00:33.000", 3600)]
    [InlineData("1790856000", "2026-10-01T12:00:00.000", 0)]
    [InlineData("1790856000500", "2026-10-01T12:00:00.500", 0)]
    [InlineData("2026-10-01 12:00:00", "2026-10-01T12:00:00.000", null)]
    [InlineData("2026/10/1 9:05", "2026-10-01T09:05:00.000", null)]
    [InlineData("01.10.2026 09:05:07,5", "2026-10-01T09:05:07.500", null)]
    [InlineData("2026-10-01 3:05pm", "2026-10-01T15:05:00.000", null)]
    [InlineData("2026-10-01 12:05 a.m.", "2026-10-01T00:05:00.000", null)]
    [InlineData("2026-10-01 12:05 PM", "2026-10-01T12:05:00.000", null)]
    public void A_time_is_read_with_its_offset_where_it_has_one(string text, string expected, int? offset)
    {
        Assert.Null(PlayTime.Read(text, out var time));

        Assert.Equal(expected, DateTime.UnixEpoch.AddMicroseconds(time.Microseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture));
        Assert.Equal(offset, time.Offset);
    }

    [Theory]
    [InlineData("10/01/2026 12:00:00", "ambiguous-date")]
    [InlineData("1/2/2026 12:00", "ambiguous-date")]
    [InlineData(null, "bad-time")]
    [InlineData("", "bad-time")]
    [InlineData("2026-10-01", "bad-time")]
    [InlineData("2026-02-29 12:00:00", "bad-time")]
    [InlineData("2026-10-01 24:00:00", "bad-time")]
    [InlineData("2026-10-01 13:00 pm", "bad-time")]
    [InlineData("2026-10-01 12:00:00 +19:00", "bad-time")]
    [InlineData("yesterday", "bad-time")]
    public void What_is_no_time_says_why(string? text, string reason) => Assert.Equal(reason, PlayTime.Read(text, out _));

    [Theory]
    [InlineData("225", 1_000, 225_000L)]
    [InlineData("225.4", 1_000, 225_400L)]
    [InlineData("225400", 1, 225_400L)]
    [InlineData("3:45", 1_000, 225_000L)]
    [InlineData("00:03:45.25", 1_000, 225_250L)]
    [InlineData("1:00:00", 1, 3_600_000L)]
    [InlineData("0", 1_000, 0L)]
    [InlineData("86401", 1_000, null)]
    [InlineData("-1", 1_000, null)]
    [InlineData("three minutes", 1_000, null)]
    public void A_duration_is_read_in_all_its_forms(string text, int unit, long? expected) => Assert.Equal(expected, PlayTime.ReadDuration(text, unit));
}
