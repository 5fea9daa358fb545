using System.Buffers;
using System.Collections;
using System.Numerics;
using Apache.Arrow;

namespace StatsGraph.Lake.DataFiles;

/// <summary>
/// The identities of the lines of an append, and which of them are new. Takes about 40 bytes a line, however large the lake is:
/// the lake's lines pass by and strike out what they know. The memory is a pool's, since one append comes after the other.
/// </summary>
internal sealed class AppendedLines : IDisposable
{
    private const ulong Mixer = 0x9E37_79B9_7F4A_7C15;

    private readonly long[] hashes;
    private readonly int[] ordinals;

    /// <summary>The times of the lines, in microseconds; <see cref="LineTimes.Undated"/> for those that have no time.</summary>
    private readonly long[] endedAt;

    private readonly int count;
    private readonly BitArray isNew;
    private readonly int[] starts;

    /// <summary>The lower half of the hashes of undated lines.</summary>
    private readonly HashSet<int> undated = [];

    /// <summary>
    /// Open addressing: the upper half of a slot holds bits of the identity's hash, the lower the line's number plus 1; 0 is free.
    /// </summary>
    private readonly ulong[] slots;

    private readonly int shift;
    private readonly int mask;

    /// <summary>Gathers the lines of batches. Of equal ones among them the first is new, the others are not.</summary>
    public AppendedLines(IReadOnlyList<RecordBatch> batches, TableLayout layout)
    {
        count = batches.Sum(batch => batch.Length);
        hashes = ArrayPool<long>.Shared.Rent(count);
        ordinals = ArrayPool<int>.Shared.Rent(count);
        endedAt = ArrayPool<long>.Shared.Rent(count);
        isNew = new BitArray(count, defaultValue: true);
        New = count;
        starts = new int[batches.Count + 1];
        var capacity = checked((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, count * 2L)));
        slots = ArrayPool<ulong>.Shared.Rent(capacity);
        slots.AsSpan(0, capacity).Clear();
        (shift, mask) = (64 - BitOperations.Log2((uint)capacity), capacity - 1);
        for (var i = 0; i < batches.Count; i++)
            Gather(i, batches[i], layout.Time);
        for (var line = 0; line < count; line++)
            Insert(line);
    }

    /// <summary>Number of lines that are new.</summary>
    public int New { get; private set; }

    /// <summary>When the lines ended.</summary>
    public LineTimes Times { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<long>.Shared.Return(hashes);
        ArrayPool<int>.Shared.Return(ordinals);
        ArrayPool<long>.Shared.Return(endedAt);
        ArrayPool<ulong>.Shared.Return(slots);
    }

    /// <summary>Whether an undated line can be one of a file's.</summary>
    /// <param name="ofFile">What <see cref="UndatedLines"/> says of the file; null when any can.</param>
    public bool MayHold(int[]? ofFile) => ofFile is null || ofFile.Any(undated.Contains);

    /// <summary>Strikes out lines that are known.</summary>
    public void Strike(ReadOnlySpan<long> knownHashes, ReadOnlySpan<int> knownOrdinals)
    {
        for (var i = 0; i < knownHashes.Length; i++)
            Strike(knownHashes[i], knownOrdinals[i]);
    }

    /// <summary>Strikes out a line that is known.</summary>
    public void Strike(long knownHash, int knownOrdinal)
    {
        var line = Find(knownHash, knownOrdinal, out _);
        if (line < 0 || !isNew[line])
            return;
        isNew[line] = false;
        New--;
    }

    /// <summary>Copies the identities of the new lines, and when they ended in microseconds, or <see cref="LineTimes.Undated"/>.</summary>
    public void CopyNew(Span<long> newHashes, Span<int> newOrdinals, Span<long> newEnds)
    {
        for (var (line, copy) = (0, 0); line < count; line++)
        {
            if (!isNew[line])
                continue;
            (newHashes[copy], newOrdinals[copy], newEnds[copy]) = (hashes[line], ordinals[line], endedAt[line]);
            copy++;
        }
    }

    /// <summary>Which rows of a batch are new.</summary>
    public BitArray Added(int batch)
    {
        var added = new BitArray(starts[batch + 1] - starts[batch], defaultValue: true);
        for (var row = 0; New < count && row < added.Length; row++)
            added[row] = isNew[starts[batch] + row];
        return added;
    }

    private void Gather(int index, RecordBatch batch, string time)
    {
        var start = starts[index];
        ((Int64Array)batch.Column(TableLayout.Hash)).Values.CopyTo(hashes.AsSpan(start));
        ((Int32Array)batch.Column(TableLayout.Ordinal)).Values.CopyTo(ordinals.AsSpan(start));
        var ends = (TimestampArray)batch.Column(time);
        Times.Add(ends);
        ends.Values.CopyTo(endedAt.AsSpan(start));
        for (var row = 0; ends.NullCount > 0 && row < ends.Length; row++)
        {
            if (!ends.IsNull(row))
                continue;
            endedAt[start + row] = LineTimes.Undated;
            undated.Add((int)hashes[start + row]);
        }
        starts[index + 1] = start + batch.Length;
    }

    private void Insert(int line)
    {
        if (Find(hashes[line], ordinals[line], out var slot) < 0)
        {
            slots[slot] = (Mix(hashes[line], ordinals[line]) << 32) | (uint)(line + 1);
            return;
        }

        isNew[line] = false;
        New--;
    }

    /// <summary>The number of a line, or -1 and the free slot for it.</summary>
    private int Find(long hash, int ordinal, out int slot)
    {
        var mixed = Mix(hash, ordinal);
        slot = (int)(mixed >> shift);
        for (; slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var line = (int)(uint)slots[slot] - 1;
            if ((uint)(slots[slot] >> 32) == (uint)mixed && hashes[line] == hash && ordinals[line] == ordinal)
                return line;
        }
        return -1;
    }

    /// <summary>The hash of a line is keyed and so spreads by itself; the ordinals of equal lines must spread too.</summary>
    private static ulong Mix(long hash, int ordinal) => ((ulong)hash ^ BitOperations.RotateLeft((ulong)ordinal * Mixer, 32)) * Mixer;
}
