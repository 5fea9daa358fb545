namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// A set of line hashes: open addressing, 8 bytes a slot, half to three quarters full while it grows. One that no longer
/// grows can be made tight, and is then 15 of 16 parts full.
/// </summary>
internal sealed class LineHashes
{
    private const int FirstCapacity = 16;

    private ulong[] slots = new ulong[FirstCapacity];
    private int used;
    private bool holdsZero;

    /// <summary>Adds a hash; false when it is there.</summary>
    public bool Add(ulong hash)
    {
        // An empty slot holds 0, so that the hash 0 needs a place of its own.
        if (hash == 0)
            return !holdsZero && (holdsZero = true);
        if (used + 1 > (int)(slots.Length * 3L / 4))
        {
            if (Contains(hash))
                return false;
            Resize(Math.Max(FirstCapacity, checked(Math.Max(slots.Length, used * 4 / 3) / 2 * 3)));
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
            Resize(tight);
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

    private void Resize(int capacity)
    {
        var resized = new ulong[capacity];
        foreach (var hash in slots)
        {
            if (hash != 0)
                Insert(resized, hash);
        }

        slots = resized;
    }

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
