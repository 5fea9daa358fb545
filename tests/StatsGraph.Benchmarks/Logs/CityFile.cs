using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace StatsGraph.Benchmarks.Logs;

/// <summary>
/// Writes a geolocation file in MaxMind's format (https://maxmind.github.io/MaxMind-DB/) that knows a town for each IPv4 address: the product ships
/// countries only, and a filter by city needs some.
/// </summary>
internal static class CityFile
{
    /// <summary>Towns that there are.</summary>
    public const int Towns = 2_000;

    /// <summary>IPv4 addresses that share so many bits are in one town.</summary>
    private const int Bits = 12;

    /// <summary>Bits before an IPv4 address in a tree of IPv6 addresses; all are 0.</summary>
    private const int BitsBefore = 96;

    private const int Nodes = BitsBefore + (1 << Bits) - 1;
    private const int BytesBetween = 16;

    /// <summary>Writes the file.</summary>
    public static void Write(string path)
    {
        using var file = File.Create(path);
        var (data, places) = Data();
        file.Write(Tree(places));
        file.Write(new byte[BytesBetween]);
        file.Write(data);
        file.Write([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        file.Write(Metadata());
    }

    /// <summary>One record a town, and where in the section each is.</summary>
    private static (byte[] Bytes, int[] Places) Data()
    {
        using var data = new MemoryStream();
        var places = new int[Towns];
        for (var town = 0; town < Towns; town++)
        {
            places[town] = (int)data.Position;
            data.Write([Map(1), .. TextOf("city"), .. TextOf(string.Create(CultureInfo.InvariantCulture, $"Town {town:0000}"))]);
        }

        return (data.ToArray(), places);
    }

    /// <summary>Nodes of two numbers of 24 bits: first those along the zeros, each with nothing on its other side, then a whole tree.</summary>
    private static byte[] Tree(int[] places)
    {
        var tree = new byte[6 * Nodes];
        for (var node = 0; node < BitsBefore; node++)
        {
            Number(tree, node, side: 0, node + 1);
            Number(tree, node, side: 1, Nodes);
        }

        // The children of a node n of a whole tree are 2n+1 and 2n+2; past the last node are the networks, in order.
        for (var node = 0; node < (1 << Bits) - 1; node++)
        {
            for (var side = 0; side < 2; side++)
            {
                var child = (2 * node) + 1 + side;
                var network = child - ((1 << Bits) - 1);
                Number(tree, BitsBefore + node, side, network < 0 ? BitsBefore + child : Nodes + BytesBetween + places[network * 7 % Towns]);
            }
        }

        return tree;
    }

    private static void Number(byte[] tree, int node, int side, int value)
    {
        var place = (6 * node) + (3 * side);
        (tree[place], tree[place + 1], tree[place + 2]) = ((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    private static byte[] Metadata() =>
    [
        Map(9), .. TextOf("node_count"), .. NumberOf(6, Nodes), .. TextOf("record_size"), .. NumberOf(5, 24), .. TextOf("ip_version"), .. NumberOf(5, 6),
        .. TextOf("database_type"), .. TextOf("Benchmark-City"), .. TextOf("languages"), 0x00, 0x04,
        .. TextOf("binary_format_major_version"), .. NumberOf(5, 2), .. TextOf("binary_format_minor_version"), .. NumberOf(5, 0),
        .. TextOf("build_epoch"), .. LongOf(1_735_689_600), .. TextOf("description"), Map(0),
    ];

    private static byte Map(int pairs) => (byte)((7 << 5) | pairs);

    private static byte[] TextOf(string text) => [(byte)((2 << 5) | text.Length), .. Encoding.ASCII.GetBytes(text)];

    /// <summary>An unsigned number of a type below 8: 5 has two bytes, 6 has four.</summary>
    private static byte[] NumberOf(int type, int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return type == 5 ? [(5 << 5) | 2, .. bytes[2..]] : [(6 << 5) | 4, .. bytes];
    }

    /// <summary>An unsigned number of 64 bits: type 9, which is 2 past the 7 that fit.</summary>
    private static byte[] LongOf(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return [8, 2, .. bytes];
    }
}
