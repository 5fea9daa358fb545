using System.Buffers;
using System.Runtime.CompilerServices;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// A set of line hashes: open addressing, 8 bytes a slot, three eighths to three quarters full while it grows, in memory of a pool. One
/// that no longer grows can be made tight, and is then 15 of 16 parts full.
/// </summary>
internal sealed class LineHashes
{
    private const int FirstCapacity = 16;

    private ulong[] slots = new ulong[FirstCapacity];
    private bool isPooled;
    private int used;
    private bool holdsZero;

    /// <summary>Makes an empty set.</summary>
    /// <param name="expected">Hashes that there will be, about; 0 when nobody knows.</param>
    public LineHashes(int expected = 0)
    {
        if (expected > 0)
            Grow(expected * 4 / 3);
    }

    /// <summary>Number of hashes but for 0.</summary>
    public int Count => used;

    /// <summary>Adds a hash; false when it is there.</summary>
    [MethodImpl(PerLine.Code)]
    public bool Add(ulong hash)
    {
        // An empty slot holds 0, so that the hash 0 needs a place of its own.
        if (hash == 0)
            return !holdsZero && (holdsZero = true);
        if (used + 1 > (int)(slots.Length * 3L / 4))
        {
            if (Contains(hash))
                return false;
            Grow(checked(Math.Max(slots.Length, used * 4 / 3) * 2));
        }

        if (!Insert(slots, hash))
            return false;
        used++;
        return true;
    }

    /// <summary>Gives back the room that is kept for further hashes.</summary>
    public void Tighten()
    {
        var tight = used + (used / 15) + 1;
        if (tight < slots.Length)
            MoveTo(new ulong[tight], pooled: false);
    }

    private bool Contains(ulong hash)
    {
        for (var slot = First(slots, hash); slots[slot] != 0; slot = slot + 1 == slots.Length ? 0 : slot + 1)
        {
            if (slots[slot] == hash)
                return true;
        }

        return false;
    }

    private void Grow(int capacity)
    {
        var larger = ArrayPool<ulong>.Shared.Rent(capacity);
        Array.Clear(larger);
        MoveTo(larger, pooled: true);
    }

    [MethodImpl(PerLine.Code)]
    private void MoveTo(ulong[] empty, bool pooled)
    {
        foreach (var hash in slots)
        {
            if (hash != 0)
                Insert(empty, hash);
        }

        if (isPooled)
            ArrayPool<ulong>.Shared.Return(slots);
        (slots, isPooled) = (empty, pooled);
    }

    [MethodImpl(PerLine.Code)]
    private static bool Insert(ulong[] slots, ulong hash)
    {
        for (var slot = First(slots, hash); ; slot = slot + 1 == slots.Length ? 0 : slot + 1)
        {
            if (slots[slot] == 0)
            {
                slots[slot] = hash;
                return true;
            }

            if (slots[slot] == hash)
                return false;
        }
    }

    /// <summary>The hash is uniform, so its high bits choose the slot in a table of any size.</summary>
    private static int First(ulong[] slots, ulong hash) => (int)Math.BigMul(hash, (ulong)slots.Length, out _);
}
