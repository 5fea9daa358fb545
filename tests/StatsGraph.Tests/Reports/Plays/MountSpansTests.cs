using StatsGraph.Reports.Plays;

namespace StatsGraph.Tests.Reports.Plays;

/// <summary>What is found by searches is what one finds by looking at every session and every play.</summary>
public sealed class MountSpansTests
{
    private static readonly Track Nothing = new(null, null, null, null, null);

    [Theory]
    [InlineData(1, 5, 10)]
    [InlineData(2, 40, 60)]
    [InlineData(3, 400, 600)]
    [InlineData(4, 2_000, 50)]
    public void Performances_and_listening_are_those_of_brute_force(int seed, int count, int range)
    {
        var random = new Random(seed);
        List<(long Start, long End)> sessions = [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(range)).Select(start => (start, start + 1 + random.Next(range / 3)))];
        var spans = new MountSpans([.. sessions.Select(session => session.Start)], [.. sessions.Select(session => session.End)]);
        for (var turn = 0; turn < 500; turn++)
        {
            long Any() => random.Next(2) == 0 ? random.Next(-5, range + 5) * 1_000L : random.Next(-5_000, (range * 1_000) + 5_000);
            var (from, to) = (Any(), Any());
            var start = Any();
            var play = new TimedPlay(Nothing, null, start, start + (random.Next(4) == 0 ? 0 : random.Next(range * 400)), IsOpen: false);
            if (from >= to || play.From >= to || (play.From < from && play.To <= from))
                continue;

            var overlaps = sessions.Select(session => (From: Math.Max(session.Start * 1_000, play.From), To: Math.Min(session.End * 1_000, play.To)))
                .Where(overlap => overlap.From < overlap.To).ToList();
            Assert.Equal(overlaps.Count(overlap => overlap.From >= from && overlap.From < to), spans.Performances(play, from, to));
            Assert.Equal(overlaps.Sum(overlap => Math.Max(0, Math.Min(overlap.To, to) - Math.Max(overlap.From, from))), spans.Listening(play, from, to));
        }
    }

    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(0, 100_000, 0)]
    [InlineData(0, 100_001, 1)]
    [InlineData(199_999, 210_000, 1)]
    [InlineData(200_000, 210_000, 0)]
    [InlineData(150_000, 150_000, 0)]
    [InlineData(150_000, 150_001, 1)]
    public void A_play_at_the_edge_of_a_session_counts_nothing(long from, long to, long expected)
        => Assert.Equal(expected, new MountSpans([100], [200]).Performances(new TimedPlay(Nothing, null, from, to, IsOpen: false), 0, 1_000_000));
}
