using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace StatsGraph.Ingest.Parsing;

/// <summary>
/// Remembers what fields of lines tell, by their bytes, so that each distinct one is read once and known ones cost no garbage.
/// When it is full it starts anew. Nobody outside can make its keys collide.
/// </summary>
internal sealed class FactCache<T>
{
    private const int MostEntries = 1 << 18;
    private const long MostBytes = 32 << 20;

    private readonly FactReader read;
    private readonly Dictionary<byte[], T> facts = new(new BytesComparer());
    private readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> byBytes;
    private long bytes;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="read">Reads a field that is not remembered.</param>
    public FactCache(FactReader read)
    {
        this.read = read;
        byBytes = facts.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Reads a field.</summary>
    public delegate T FactReader(ReadOnlySpan<byte> field);

    /// <summary>What a field tells.</summary>
    public T Get(ReadOnlySpan<byte> field)
    {
        if (byBytes.TryGetValue(field, out var known))
            return known;
        if (facts.Count >= MostEntries || bytes >= MostBytes)
        {
            facts.Clear();
            bytes = 0;
        }

        bytes += field.Length;
        return byBytes[field] = read(field);
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        private readonly SipHash24 seeded = new(RandomNumberGenerator.GetBytes(16));

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)seeded.Hash(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
