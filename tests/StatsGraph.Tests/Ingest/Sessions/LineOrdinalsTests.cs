using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Tests.Ingest.Sessions;

public sealed class LineOrdinalsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(65_536)]
    public void Equal_hashes_are_counted_also_when_their_era_was_left_and_comes_again(int eras)
    {
        var ordinals = new LineOrdinals();
        var random = new Random(7);
        var counts = new Dictionary<ulong, int>();
        for (var line = 0; line < 600_000; line++)
        {
            // The first and the last part of the lines come to the same eras, long after these were left.
            var part = line / 200_000 % 2;
            var hash = line % 3 == 0 ? (ulong)random.Next(1000) * 0x9E37_79B9_7F4A_7C15 : (ulong)random.NextInt64() * 2;
            hash ^= (ulong)part << 7;
            var era = (ushort)((hash % (ulong)eras) + (ulong)(part * eras));
            var count = counts.GetValueOrDefault(hash);
            Assert.Equal(count, ordinals.Next(hash, era));
            counts[hash] = count + 1;
        }
    }

    [Fact]
    public void The_hash_zero_is_counted_like_any_other()
    {
        var ordinals = new LineOrdinals();

        Assert.Equal((0, 1, 2, 0), (ordinals.Next(0, 1), ordinals.Next(0, 1), ordinals.Next(0, 1), ordinals.Next(ulong.MaxValue, 1)));
    }

    [Fact]
    public void A_tight_table_still_knows_its_hashes_and_takes_more()
    {
        var hashes = new LineHashes();
        for (var hash = 0UL; hash < 1000; hash++)
            Assert.True(hashes.Add(hash * 0x9E37_79B9_7F4A_7C15));

        hashes.Tighten();

        for (var hash = 0UL; hash < 2000; hash++)
            Assert.Equal(hash >= 1000, hashes.Add(hash * 0x9E37_79B9_7F4A_7C15));
    }

    [Fact]
    public void Lines_of_an_hour_are_of_one_era_and_equal_lines_always_are()
    {
        var early = BlockParser.EraOf("1.2.3.4 - - [22/Nov/2026:17:00:33 +0000] \"GET / HTTP/1.1\""u8);
        var late = BlockParser.EraOf("5.6.7.8 - - [22/Nov/2026:17:59:59 +0000] \"GET /other HTTP/1.1\""u8);
        var next = BlockParser.EraOf("5.6.7.8 - - [22/Nov/2026:18:00:00 +0000] \"GET /other HTTP/1.1\""u8);

        Assert.Equal(early, late);
        Assert.NotEqual(early, next);
        Assert.Equal(0, BlockParser.EraOf("no bracket at all"u8));
        Assert.Equal(0, BlockParser.EraOf("[too short"u8));
    }
}
