namespace StatsGraph.Tests.Some;

/// <summary>What hangs on one side of a node: another node, a record of the data section, or nothing.</summary>
internal readonly record struct MmdbChild(int Number, bool IsNode, bool IsEmpty)
{
    public static readonly MmdbChild Empty = new(0, IsNode: false, IsEmpty: true);

    public static MmdbChild Node(int number) => new(number, IsNode: true, IsEmpty: false);

    public static MmdbChild Data(int offset) => new(offset, IsNode: false, IsEmpty: false);
}

/// <summary>The binary search tree over the 128 bits of an address.</summary>
internal sealed class MmdbTree
{
    private readonly List<MmdbChild[]> nodes = [NewNode(MmdbChild.Empty)];

    /// <summary>Hangs a record at a prefix of at least one bit. Wider networks must come before the narrower ones within them.</summary>
    public void Insert(byte[] bits, int length, int dataOffset)
    {
        if (length is < 1 or > 128)
            throw new ArgumentOutOfRangeException(nameof(length), length, "expected a prefix of 1 to 128 bits");

        var node = 0;
        for (var depth = 0; depth < length - 1; depth++)
            node = Descend(node, Bit(bits, depth));
        nodes[node][Bit(bits, length - 1)] = MmdbChild.Data(dataOffset);
    }

    public IReadOnlyList<(MmdbChild Left, MmdbChild Right)> Nodes() => [.. nodes.Select(node => (node[0], node[1]))];

    /// <summary>The node below; a record that hung there moves to both of its sides.</summary>
    private int Descend(int node, int side)
    {
        var child = nodes[node][side];
        if (child.IsNode)
            return child.Number;

        nodes.Add(NewNode(child));
        nodes[node][side] = MmdbChild.Node(nodes.Count - 1);
        return nodes.Count - 1;
    }

    private static MmdbChild[] NewNode(MmdbChild both) => [both, both];

    private static int Bit(byte[] bits, int index) => (bits[index / 8] >> (7 - (index % 8))) & 1;
}
