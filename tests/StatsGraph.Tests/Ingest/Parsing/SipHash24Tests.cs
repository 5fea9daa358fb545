using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Tests.Ingest.Parsing;

public sealed class SipHash24Tests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(value => (byte)value)];
    private static readonly byte[] Text = [.. Enumerable.Range(0, 64).Select(value => (byte)value)];

    /// <summary>From the authors' reference: the hashes of the first 0, 1, 2, ... of the bytes 00 01 02 ... under that key.</summary>
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31UL)]
    [InlineData(1, 0x74f839c593dc67fdUL)]
    [InlineData(2, 0x0d6c8009d9a94f5aUL)]
    [InlineData(3, 0x85676696d7fb7e2dUL)]
    [InlineData(7, 0xab0200f58b01d137UL)]
    [InlineData(8, 0x93f5f5799a932462UL)]
    [InlineData(15, 0xa129ca6149be45e5UL)]
    [InlineData(63, 0x958a324ceb064572UL)]
    public void The_official_vectors_hold(int length, ulong hash)
        => Assert.Equal(hash, new SipHash24(Key).Hash(Text.AsSpan(0, length)));

    [Fact]
    public void How_a_text_is_cut_does_not_matter()
    {
        var text = Text.AsSpan(0, 63);
        for (var first = 0; first <= text.Length; first++)
        {
            for (var second = first; second <= text.Length; second += 3)
            {
                var state = new SipHash24(Key);
                state.Append(text[..first]);
                state.Append(text[first..second]);
                state.Append(text[second..]);
                Assert.Equal(0x958a324ceb064572UL, state.Finish());
            }
        }
    }

    [Fact]
    public void Ordinals_count_equal_hashes_also_beyond_the_first_table()
    {
        var ordinals = new LineOrdinals();
        var random = new Random(7);
        var counts = new Dictionary<ulong, int>();
        for (var line = 0; line < 200_000; line++)
        {
            var hash = line % 3 == 0 ? (ulong)random.Next(1000) * 0x9E37_79B9_7F4A_7C15 : (ulong)random.NextInt64() * 2;
            var count = counts.GetValueOrDefault(hash);
            Assert.Equal(count, ordinals.Next(hash));
            counts[hash] = count + 1;
        }
    }

    [Fact]
    public void The_hash_zero_is_counted_like_any_other()
    {
        var ordinals = new LineOrdinals();

        Assert.Equal((0, 1, 2, 0), (ordinals.Next(0), ordinals.Next(0), ordinals.Next(0), ordinals.Next(ulong.MaxValue)));
    }
}
