namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Clients by the number of their IPv4 network: open addressing in two arrays, so that a look-up touches memory twice. Any
/// number of threads may look up while one adds. When it is full it starts anew.
/// </summary>
internal sealed class NetworkTable
{
    /// <summary>Networks held at most: half of the slots.</summary>
    private const int MostNetworks = 1 << 18;

    private const int FirstSlots = 1 << 12;
    private const uint Mixer = 0x9E37_79B1;

    private readonly Lock adding = new();
    private Slots slots = new(FirstSlots);

    /// <summary>The client of a network; false when it was not added.</summary>
    /// <param name="network">The first 24 bits of an address.</param>
    /// <param name="client">Its client; null where the network has none for all of its addresses.</param>
    public bool TryFind(uint network, out Client? client)
    {
        var (keys, clients) = Volatile.Read(ref slots);
        for (var slot = First(network, keys.Length); ; slot = (slot + 1) & (keys.Length - 1))
        {
            var key = Volatile.Read(ref keys[slot]);
            client = clients[slot];
            if (key == network + 1)
                return true;
            if (key == 0)
                return false;
        }
    }

    /// <summary>Adds the client of a network, unless another thread was faster.</summary>
    public void Add(uint network, Client? client)
    {
        lock (adding)
        {
            if (slots.Used * 2 >= slots.Keys.Length)
                Volatile.Write(ref slots, slots.Used >= MostNetworks ? new Slots(FirstSlots) : slots.Doubled());
            slots.Add(network, client);
        }
    }

    private static int First(uint network, int length) => (int)((network * Mixer) >> (32 - int.Log2(length)));

    private sealed class Slots(int length)
    {
        /// <summary>The network plus 1; 0 is free.</summary>
        public uint[] Keys { get; } = new uint[length];

        public Client?[] Clients { get; } = new Client?[length];

        public int Used { get; private set; }

        public void Deconstruct(out uint[] keys, out Client?[] clients) => (keys, clients) = (Keys, Clients);

        public void Add(uint network, Client? client)
        {
            var slot = First(network, Keys.Length);
            for (; Keys[slot] != 0; slot = (slot + 1) & (Keys.Length - 1))
            {
                if (Keys[slot] == network + 1)
                    return;
            }

            // Whoever sees the key must see the client.
            Clients[slot] = client;
            Volatile.Write(ref Keys[slot], network + 1);
            Used++;
        }

        public Slots Doubled()
        {
            var doubled = new Slots(Keys.Length * 2);
            for (var slot = 0; slot < Keys.Length; slot++)
            {
                if (Keys[slot] != 0)
                    doubled.Add(Keys[slot] - 1, Clients[slot]);
            }

            return doubled;
        }
    }
}
