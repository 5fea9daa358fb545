using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace StatsGraph.Ingest.Parsing;

/// <summary>
/// Remembers what fields of lines tell, by their bytes, so that each distinct one is read once and known ones cost no garbage.
/// Not safe for use by several threads at once.
/// </summary>
internal sealed class FactCache<T>
{
    private const int MostEntries = 1 << 18;
    private const long MostBytes = 32 << 20;

    /// <summary>Fields that are looked at first.</summary>
    private const int RecentBits = 12;

    private readonly FactReader read;
    private readonly Recent[] recent = new Recent[1 << RecentBits];
    private readonly Dictionary<byte[], int> numbers = new(new BytesComparer());
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> byBytes;
    private long bytes;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="read">Reads a field that is not remembered.</param>
    public FactCache(FactReader read)
    {
        this.read = read;
        byBytes = numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>What the remembered fields tell, by the numbers they have; another list after the cache started anew.</summary>
    public FactList<T> Facts { get; private set; } = new();

    /// <summary>Bytes of all fields that were read so far, the forgotten ones too.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads a field.</summary>
    public delegate T FactReader(ReadOnlySpan<byte> field);

    /// <summary>Forgets everything when there is too much of it; the old list stays as it is for those who have numbers of it.</summary>
    public void StartAnewIfFull()
    {
        if (Facts.Count < MostEntries && bytes < MostBytes)
            return;
        numbers.Clear();
        Array.Clear(recent);
        Facts = new FactList<T>();
        bytes = 0;
    }

    /// <summary>The number in <see cref="Facts"/> of what a field tells.</summary>
    [MethodImpl(PerLine.Code)]
    public int NumberOf(ReadOnlySpan<byte> field)
    {
        // Whoever makes fields that share a slot only makes them take the longer way.
        ref var entry = ref recent[RecentSlot(field)];
        return entry.Field is { } known && field.SequenceEqual(known) ? entry.Number : Find(field, ref entry);
    }

    private int Find(ReadOnlySpan<byte> field, ref Recent entry)
    {
        if (!byBytes.TryGetValue(field, out var kept, out var number))
        {
            number = Facts.Add(read(field));
            kept = field.ToArray();
            numbers.Add(kept, number);
            bytes += field.Length;
            BytesRead += field.Length;
        }

        entry = new Recent(kept, number);
        return number;
    }

    /// <summary>A slot by the length of a field and by its beginning, middle and end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RecentSlot(ReadOnlySpan<byte> field)
    {
        const ulong Mixer = 0x9E37_79B9_7F4A_7C15;
        var mixed = (ulong)field.Length;
        if (field.Length >= sizeof(ulong))
        {
            mixed += BinaryPrimitives.ReadUInt64LittleEndian(field)
                ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(field[((field.Length - sizeof(ulong)) / 2)..]), 21)
                ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(field[^sizeof(ulong)..]), 42);
        }
        else
        {
            foreach (var value in field)
                mixed = (mixed << 8) | value;
        }

        return (int)((mixed * Mixer) >> (64 - RecentBits));
    }

    private readonly record struct Recent(byte[]? Field, int Number);

    /// <summary>Its hash has a seed that nobody outside knows.</summary>
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
