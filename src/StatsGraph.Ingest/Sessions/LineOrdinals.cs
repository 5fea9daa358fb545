using System.Runtime.InteropServices;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Counts equal lines of a source by their hash. Most lines are unlike any other, so a hash takes 8 bytes in an open-addressing
/// table, and only those that come again a counter beside it. The table is between half and three quarters full, so that a line
/// costs 11 to 16 bytes, and 27 in the moment when the table grows. It is kept as long as its source is read and has no limit:
/// 100 million lines of one source take up to 1.6 GB, and up to 2.7 GB when it grows.
/// </summary>
internal sealed class LineOrdinals
{
    private const int FirstCapacity = 1 << 10;

    private readonly Dictionary<ulong, int> repeated = [];
    private ulong[] slots = new ulong[FirstCapacity];
    private int used;
    private bool zeroSeen;

    /// <summary>How many lines of this hash came before, and counts this one.</summary>
    public int Next(ulong hash)
    {
        if (!AddFirst(hash))
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(repeated, hash, out _);
            return ++count;
        }

        return 0;
    }

    /// <summary>Adds a hash; false when it is there.</summary>
    private bool AddFirst(ulong hash)
    {
        // An empty slot holds 0, so that the hash 0 needs a place of its own.
        if (hash == 0)
            return !zeroSeen && (zeroSeen = true);
        if (!Insert(slots, hash))
            return false;
        if (++used > slots.Length / 4 * 3)
            Grow();
        return true;
    }

    private void Grow()
    {
        var larger = new ulong[checked(slots.Length / 2 * 3)];
        foreach (var hash in slots)
        {
            if (hash != 0)
                Insert(larger, hash);
        }

        slots = larger;
    }

    private static bool Insert(ulong[] slots, ulong hash)
    {
        // The hash is uniform, so its high bits choose the slot for a table of any size.
        var slot = (int)Math.BigMul(hash, (ulong)slots.Length, out _);
        while (slots[slot] != 0)
        {
            if (slots[slot] == hash)
                return false;
            if (++slot == slots.Length)
                slot = 0;
        }

        slots[slot] = hash;
        return true;
    }
}
