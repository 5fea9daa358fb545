using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace StatsGraph.Ingest.Parsing;

/// <summary>
/// Remembers what fields of lines tell, by their bytes, so that each distinct one is read once and known ones cost no garbage.
/// When it is full it starts anew. Its hash has a seed that nobody outside knows. Not safe for use by several threads at once.
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

    /// <summary>Bytes of all fields that were read so far, the forgotten ones too.</summary>
    public long BytesRead { get; private set; }

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
        BytesRead += field.Length;
        return byBytes[field] = read(field);
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        private readonly long seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate, seed);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
