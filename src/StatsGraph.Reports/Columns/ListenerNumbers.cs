using System.Numerics;

namespace StatsGraph.Reports.Columns;

/// <summary>
/// The numbers of a site's listeners: dense, from 0, in the order in which their hashes were first seen, and never another one.
/// A table of numbers with open addressing: half the memory of a dictionary, and one is looked up for every session that comes in.
/// </summary>
internal sealed class ListenerNumbers
{
    // Listeners may be few numbers in a row as well as good hashes: this spreads both, into the upper bits.
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private long[] hashes;

    // A place holds number + 1, or 0. Never more than half full.
    private int[] places;
    private int shift;

    /// <param name="hashes">The hash of each number that is given already, in order; no two are equal.</param>
    public ListenerNumbers(ReadOnlySpan<long> hashes)
    {
        var capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, hashes.Length));
        this.hashes = new long[capacity];
        hashes.CopyTo(this.hashes);
        Count = hashes.Length;
        places = [];
        Rehash();
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The hashes, in order of number.</summary>
    public ReadOnlySpan<long> Hashes => hashes.AsSpan(0, Count);

    /// <summary>The number of a listener, which is a new one where it has none.</summary>
    public int Number(long hash)
    {
        var place = Find(hash);
        if (places[place] != 0)
            return places[place] - 1;
        if (Count == hashes.Length)
        {
            Array.Resize(ref hashes, 2 * Count);
            Rehash();
            place = Find(hash);
        }

        hashes[Count] = hash;
        places[place] = ++Count;
        return Count - 1;
    }

    // Where a hash is, or the free place where it belongs.
    private int Find(long hash)
    {
        var place = (int)(((ulong)hash * Spread) >> shift);
        while (places[place] != 0 && hashes[places[place] - 1] != hash)
            place = (place + 1) & (places.Length - 1);
        return place;
    }

    private void Rehash()
    {
        places = new int[2 * hashes.Length];
        shift = 64 - BitOperations.Log2((uint)places.Length);
        for (var number = 0; number < Count; number++)
            places[Find(hashes[number])] = number + 1;
    }
}
