using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StatsGraph.Tests.Some;

/// <summary>
/// Writes geolocation files in the MaxMind DB format 2.0: one IPv6 tree that also holds the IPv4 networks, at ::/96.
/// </summary>
public static class SomeMmdb
{
    private static readonly byte[] MetadataMarker = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];
    private const int DataSectionSeparator = 16;

    /// <summary>Writes one file. Of networks that overlap, the smaller one wins; of equal ones, the later.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="databaseType">The type that the metadata states, such as <c>GeoLite2-City</c>.</param>
    /// <param name="networks">Networks in CIDR notation, each with its record of the types that <see cref="MmdbData"/> knows.</param>
    /// <param name="recordSize">Bits of a record of the search tree: 24, 28 or 32.</param>
    public static void Write(
        string path, string databaseType, IEnumerable<(string Network, Dictionary<string, object> Record)> networks, int recordSize = 24)
    {
        var data = new MmdbData();
        var tree = new MmdbTree();
        foreach (var (bits, length, record) in networks.Select(Parse).OrderBy(entry => entry.Length))
            tree.Insert(bits, length, data.Add(record));

        using var file = File.Create(path);
        var nodes = tree.Nodes();
        foreach (var (left, right) in nodes)
            file.Write(NodeBytes(Record(left, nodes.Count), Record(right, nodes.Count), recordSize));
        file.Write(new byte[DataSectionSeparator]);
        file.Write(data.ToArray());
        file.Write(MetadataMarker);
        file.Write(MetadataBytes(databaseType, nodes.Count, recordSize));
    }

    private static (byte[] Bits, int Length, Dictionary<string, object> Record) Parse((string Network, Dictionary<string, object> Record) entry)
    {
        var network = IPNetwork.Parse(entry.Network);
        if (network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6)
            return (network.BaseAddress.GetAddressBytes(), network.PrefixLength, entry.Record);

        var bits = new byte[16];
        network.BaseAddress.GetAddressBytes().CopyTo(bits, 12);
        return (bits, 96 + network.PrefixLength, entry.Record);
    }

    /// <summary>The number that stands in the tree: a node's own number, the count of nodes for nothing, or a data offset beyond it.</summary>
    private static uint Record(MmdbChild child, int nodeCount)
        => (uint)(child.IsNode ? child.Number : child.IsEmpty ? nodeCount : nodeCount + DataSectionSeparator + child.Number);

    private static byte[] NodeBytes(uint left, uint right, int recordSize)
    {
        if (recordSize is not (24 or 28 or 32))
            throw new ArgumentOutOfRangeException(nameof(recordSize), recordSize, "expected 24, 28 or 32 bits");
        if (recordSize < 32 && Math.Max(left, right) >> recordSize != 0)
            throw new InvalidOperationException($"{Math.Max(left, right)} does not fit a record of {recordSize} bits");

        Span<byte> both = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(both, left);
        BinaryPrimitives.WriteUInt32BigEndian(both[4..], right);
        return recordSize switch
        {
            24 => [.. both[1..4], .. both[5..8]],
            28 => [.. both[1..4], (byte)((both[0] << 4) | both[4]), .. both[5..8]],
            _ => both.ToArray(),
        };
    }

    private static byte[] MetadataBytes(string databaseType, int nodeCount, int recordSize)
    {
        var metadata = new MmdbData();
        metadata.Add(new Dictionary<string, object>
        {
            ["binary_format_major_version"] = (ushort)2,
            ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = 1_793_000_000UL,
            ["database_type"] = databaseType,
            ["description"] = new Dictionary<string, object> { ["en"] = "A file made for tests" },
            ["ip_version"] = (ushort)6,
            ["languages"] = new List<object> { "en" },
            ["node_count"] = (uint)nodeCount,
            ["record_size"] = (ushort)recordSize,
        });
        return metadata.ToArray();
    }
}
