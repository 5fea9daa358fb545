using StatsGraph.Ingest;
using StatsGraph.Terminal;

namespace StatsGraph.Tests.Command;

public sealed class ProgressTextTests
{
    private static readonly IngestProgress Progress = new("/var/log/icecast2/access.log", 42_120_000, 166_000_000, 250_000, 12);

    [Theory]
    [InlineData(200, "42.1 of 166.0 MB, 100,000 lines/s, 12 rejected, 250,000 lines, access.log")]
    [InlineData(73, "42.1 of 166.0 MB, 100,000 lines/s, 12 rejected, 250,000 lines, access.log")]
    [InlineData(72, "42.1 of 166.0 MB, 100,000 lines/s, 12 rejected, 250,000 lines")]
    [InlineData(54, "42.1 of 166.0 MB, 100,000 lines/s, 12 rejected")]
    [InlineData(20, "42.1 of 166.0 MB")]
    [InlineData(3, "")]
    public void It_tells_as_much_as_there_is_room_for(int room, string text)
        => Assert.Equal(text, ProgressText.Of(Progress, TimeSpan.FromSeconds(2.5), room));

    [Fact]
    public void Of_standard_input_nobody_knows_the_end_and_at_the_start_nobody_knows_the_speed()
        => Assert.Equal(
            "42.1 MB, 0 lines/s, 12 rejected, 250,000 lines, -",
            ProgressText.Of(Progress with { Log = "-", BytesTotal = null }, TimeSpan.Zero, 80));
}
