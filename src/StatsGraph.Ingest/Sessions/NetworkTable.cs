using System.Runtime.CompilerServices;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Numbers of places by IPv4 networks: open addressing in one array of words, so that a look-up touches memory once. Any number
/// of threads may look up while others add. When it is full it starts anew.
/// </summary>
internal sealed class NetworkTable
{
    /// <summary>Networks held at most: half of the slots.</summary>
    private const int MostNetworks = 1 << 18;

    private const int FirstSlots = 1 << 12;
    private const uint Mixer = 0x9E37_79B1;

    private readonly Lock adding = new();
    private int used;

    /// <summary>The upper half of a slot is the network plus 1, the lower the number; 0 is free.</summary>
    private ulong[] slots = new ulong[FirstSlots];

    /// <summary>Has the processor fetch the memory that a look-up will touch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(uint network)
    {
        var table = Volatile.Read(ref slots);
        Memory.Prefetch(ref table[First(network, table.Length)]);
    }

    /// <summary>The number of a network; false when it was not added.</summary>
    /// <param name="network">The first 24 bits of an address.</param>
    /// <param name="number">The number it was added with.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(uint network, out int number)
    {
        var table = Volatile.Read(ref slots);
        for (var slot = First(network, table.Length); ; slot = (slot + 1) & (table.Length - 1))
        {
            var entry = Volatile.Read(ref table[slot]);
            number = (int)(uint)entry;
            if ((uint)(entry >> 32) == network + 1)
                return true;
            if (entry == 0)
                return false;
        }
    }

    /// <summary>Adds a network, unless another thread was faster.</summary>
    [MethodImpl(PerLine.Code)]
    public void Add(uint network, int number)
    {
        lock (adding)
        {
            if (used >= MostNetworks)
                (used, slots) = (0, new ulong[FirstSlots]);
            else if (used * 2 >= slots.Length)
                Volatile.Write(ref slots, Doubled());
            if (Insert(slots, ((ulong)(network + 1) << 32) | (uint)number))
                used++;
        }
    }

    private ulong[] Doubled()
    {
        var doubled = new ulong[slots.Length * 2];
        foreach (var entry in slots)
        {
            if (entry != 0)
                Insert(doubled, entry);
        }

        return doubled;
    }

    [MethodImpl(PerLine.Code)]
    private static bool Insert(ulong[] table, ulong entry)
    {
        var network = (uint)(entry >> 32) - 1;
        var slot = First(network, table.Length);
        for (; table[slot] != 0; slot = (slot + 1) & (table.Length - 1))
        {
            if (table[slot] >> 32 == entry >> 32)
                return false;
        }

        Volatile.Write(ref table[slot], entry);
        return true;
    }

    private static int First(uint network, int length) => (int)((network * Mixer) >> (32 - int.Log2(length)));
}
