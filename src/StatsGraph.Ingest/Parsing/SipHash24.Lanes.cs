using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StatsGraph.Ingest.Parsing;

/// <summary>Four texts at once: each round waits for the one before it, so that one text alone leaves the processor idle.</summary>
internal partial struct SipHash24
{
    private const int Lanes = 4;
    private const int WordBytes = sizeof(ulong);

    /// <summary>The hashes of several texts, each from this state on, which no byte may have been taken into yet.</summary>
    /// <param name="bytes">Holds the texts.</param>
    /// <param name="texts">Where they are.</param>
    /// <param name="hashes">Takes the hashes, as many as there are texts.</param>
    [MethodImpl(PerLine.Code)]
    public readonly void HashEach(ReadOnlySpan<byte> bytes, ReadOnlySpan<TextPart> texts, Span<ulong> hashes)
    {
        var text = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; text + Lanes <= texts.Length; text += Lanes)
                HashFour(bytes, texts.Slice(text, Lanes)).CopyTo(hashes[text..]);
        }

        for (; text < texts.Length; text++)
            hashes[text] = Hash(bytes.Slice(texts[text].Start, texts[text].Length));
    }

    [MethodImpl(PerLine.Code)]
    private readonly Vector256<ulong> HashFour(ReadOnlySpan<byte> bytes, ReadOnlySpan<TextPart> texts)
    {
        var one = Of(bytes, texts[0]);
        var two = Of(bytes, texts[1]);
        var three = Of(bytes, texts[2]);
        var four = Of(bytes, texts[3]);
        var words = Vector256.Create(
            (ulong)one.Length / WordBytes, (ulong)two.Length / WordBytes, (ulong)three.Length / WordBytes, (ulong)four.Length / WordBytes);
        var shortest = Math.Min(Math.Min(one.Length, two.Length), Math.Min(three.Length, four.Length)) / WordBytes;
        var longest = Math.Max(Math.Max(one.Length, two.Length), Math.Max(three.Length, four.Length)) / WordBytes;
        var (a, b, c, d) = (Vector256.Create(v0), Vector256.Create(v1), Vector256.Create(v2), Vector256.Create(v3));
        var at = 0;
        for (; at < shortest * WordBytes; at += WordBytes)
            Compress(Vector256.Create(Word(one, at), Word(two, at), Word(three, at), Word(four, at)), ref a, ref b, ref c, ref d);
        for (var word = shortest; word <= longest; word++, at += WordBytes)
        {
            // A text that is over keeps its state.
            var goesOn = Vector256.GreaterThanOrEqual(words, Vector256.Create((ulong)word));
            var (e, f, g, h) = (a, b, c, d);
            Compress(
                Vector256.Create(WordOrLast(one, at), WordOrLast(two, at), WordOrLast(three, at), WordOrLast(four, at)),
                ref e, ref f, ref g, ref h);
            a = Vector256.ConditionalSelect(goesOn, e, a);
            b = Vector256.ConditionalSelect(goesOn, f, b);
            c = Vector256.ConditionalSelect(goesOn, g, c);
            d = Vector256.ConditionalSelect(goesOn, h, d);
        }

        c ^= Vector256.Create(0xffUL);
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        return a ^ b ^ c ^ d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> bytes, TextPart text) => bytes.Slice(text.Start, text.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ReadOnlySpan<byte> text, int at) => BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);

    /// <summary>A whole word, the last bytes of a text with its length, or anything behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WordOrLast(ReadOnlySpan<byte> text, int at)
        => at + WordBytes <= text.Length ? Word(text, at) : at <= text.Length ? LastWord(text[at..]) | ((ulong)text.Length << 56) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compress(
        Vector256<ulong> word, ref Vector256<ulong> a, ref Vector256<ulong> b, ref Vector256<ulong> c, ref Vector256<ulong> d)
    {
        d ^= word;
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        a ^= word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref Vector256<ulong> a, ref Vector256<ulong> b, ref Vector256<ulong> c, ref Vector256<ulong> d)
    {
        a += b;
        c += d;
        b = RotateLeft(b, 13) ^ a;
        d = RotateLeft(d, 16) ^ c;
        a = RotateLeft(a, 32);
        c += b;
        a += d;
        b = RotateLeft(b, 17) ^ c;
        d = RotateLeft(d, 21) ^ a;
        c = RotateLeft(c, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateLeft(Vector256<ulong> value, [ConstantExpected] byte bits)
        => Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(value, bits) : (value << bits) | (value >>> (64 - bits));
}

/// <summary>Where a text is among others.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Number of bytes.</param>
internal readonly record struct TextPart(int Start, int Length);
