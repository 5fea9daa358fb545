using StatsGraph.Ingest.Parsing;

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
    public void Texts_that_are_hashed_together_have_the_hashes_that_each_has_alone()
    {
        var random = new Random(24);
        var bytes = new byte[5_000];
        random.NextBytes(bytes);
        for (var count = 0; count <= 40; count++)
        {
            var texts = new TextPart[count];
            for (var text = 0; text < count; text++)
            {
                var length = random.Next(text % 2 == 0 ? 20 : 400);
                texts[text] = new TextPart(random.Next(bytes.Length - length), length);
            }

            var hashes = new ulong[count];
            new SipHash24(Key).HashEach(bytes, texts, hashes);

            Assert.Equal(texts.Select(text => new SipHash24(Key).Hash(bytes.AsSpan(text.Start, text.Length))), hashes);
        }
    }
}
