using StatsGraph.Ingest.Following;

namespace StatsGraph.Tests.Ingest.Following;

public sealed class RotationTests
{
    [Theory]
    [InlineData("access.log", "access.log.1")]
    [InlineData("access.log", "access.log.12.gz")]
    [InlineData("access.log", "access.log-20261122")]
    [InlineData("access.log", "access.log-2026-11-22.bz2")]
    [InlineData("access.log", "access.log-1795366833.zst")]
    [InlineData("access.log", "access.log.20261122_170033")]
    [InlineData("access.log", "access-20261122.log")]
    [InlineData("access.log", "access-2026-11-22.log.gz")]
    [InlineData("access", "access.1")]
    public void What_a_log_becomes_is_known_by_its_name(string log, string file) => Assert.True(Rotation.IsOf(log, file));

    [Theory]
    [InlineData("access.log", "access.log")]
    [InlineData("access.log", "access.log.gz")]
    [InlineData("access.log", "access.log.bak")]
    [InlineData("access.log", "access.log.swp")]
    [InlineData("access.log", "access.log.")]
    [InlineData("access.log", "access.log-8000")]
    [InlineData("access.log", "access-8000.log")]
    [InlineData("access.log", "access.1.log")]
    [InlineData("access.log", "error.log.1")]
    [InlineData("access", "access-2")]
    [InlineData("access", "access.log")]
    public void Another_servers_log_is_not(string log, string file) => Assert.False(Rotation.IsOf(log, file));
}
