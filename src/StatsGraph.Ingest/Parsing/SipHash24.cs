using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace StatsGraph.Ingest.Parsing;

/// <summary>
/// SipHash-2-4 with 64 bits (Aumasson and Bernstein): a keyed hash whose collisions nobody without the key can make.
/// A value of this type is the state after some bytes; copy it to go on from there more than once.
/// </summary>
internal partial struct SipHash24
{
    private ulong v0, v1, v2, v3;
    private ulong pending;
    private ulong length;

    /// <summary>The state before the first byte.</summary>
    /// <param name="key">16 bytes.</param>
    public SipHash24(ReadOnlySpan<byte> key)
    {
        var k0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        var k1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
        v0 = k0 ^ 0x736f6d6570736575;
        v1 = k1 ^ 0x646f72616e646f6d;
        v2 = k0 ^ 0x6c7967656e657261;
        v3 = k1 ^ 0x7465646279746573;
    }

    /// <summary>The hash of a text, from this state on. The state stays as it is.</summary>
    [MethodImpl(PerLine.Code)]
    public readonly ulong Hash(ReadOnlySpan<byte> text)
    {
        var state = this;
        state.Append(text);
        return state.Finish();
    }

    /// <summary>Takes in more bytes.</summary>
    [MethodImpl(PerLine.Code)]
    public void Append(ReadOnlySpan<byte> text)
    {
        var filled = (int)(length & 7);
        length += (ulong)text.Length;
        if (filled > 0)
        {
            while (filled < 8 && !text.IsEmpty)
            {
                pending |= (ulong)text[0] << (8 * filled++);
                text = text[1..];
            }

            if (filled < 8)
                return;
            Compress(pending);
            pending = 0;
        }

        pending = LastWord(CompressWords(text));
    }

    /// <summary>The hash of all bytes taken in. The state is of no use afterwards.</summary>
    [MethodImpl(PerLine.Code)]
    public ulong Finish()
    {
        var (a, b, c, d) = (v0, v1, v2, v3);
        var last = pending | (length << 56);
        d ^= last;
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        a ^= last;
        c ^= 0xff;
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        return a ^ b ^ c ^ d;
    }

    /// <summary>Takes in all whole words of a text and returns what is left of it. The state stays in registers meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> CompressWords(ReadOnlySpan<byte> text)
    {
        var (a, b, c, d) = (v0, v1, v2, v3);
        for (; text.Length >= 8; text = text[8..])
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(text);
            d ^= word;
            Round(ref a, ref b, ref c, ref d);
            Round(ref a, ref b, ref c, ref d);
            a ^= word;
        }

        (v0, v1, v2, v3) = (a, b, c, d);
        return text;
    }

    /// <summary>The bytes behind the last whole word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LastWord(ReadOnlySpan<byte> bytes)
    {
        ulong word = 0;
        for (var index = 0; index < bytes.Length; index++)
            word |= (ulong)bytes[index] << (8 * index);
        return word;
    }

    private void Compress(ulong word)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        a += b;
        c += d;
        b = BitOperations.RotateLeft(b, 13) ^ a;
        d = BitOperations.RotateLeft(d, 16) ^ c;
        a = BitOperations.RotateLeft(a, 32);
        c += b;
        a += d;
        b = BitOperations.RotateLeft(b, 17) ^ c;
        d = BitOperations.RotateLeft(d, 21) ^ a;
        c = BitOperations.RotateLeft(c, 32);
    }
}
