using System.Runtime.InteropServices;

namespace StatsGraph.Reports.Columns;

/// <summary>
/// Some of a site's sessions, in the order of all of them: by start, end, mount (its UTF-8 bytes), line hash and ordinal. Never changes.
/// Its memory is its own or a file's: a span of it holds only while the chunk is reachable, so whoever reads spans keeps it alive.
/// </summary>
internal sealed class SessionChunk
{
    /// <summary>Most rows of a chunk.</summary>
    public const int MaxRows = 65_536;

    private readonly ReadOnlyMemory<byte> memory;
    private readonly ChunkLayout layout;

    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="memory">The columns as <see cref="ChunkLayout"/> has them.</param>
    public SessionChunk(int rows, ReadOnlyMemory<byte> memory)
    {
        (Rows, this.memory, layout) = (rows, memory, new ChunkLayout(rows));
        (FirstStart, LastStart) = (Starts[0], Starts[^1]);
        foreach (var end in Ends)
            LastEnd = Math.Max(LastEnd, end);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Earliest start.</summary>
    public uint FirstStart { get; }

    /// <summary>Latest start.</summary>
    public uint LastStart { get; }

    /// <summary>Latest end.</summary>
    public uint LastEnd { get; }

    /// <summary>Seconds of <see cref="ColumnTime"/>, ascending.</summary>
    public ReadOnlySpan<uint> Starts => Column<uint>(layout.Starts);

    /// <summary>Seconds of <see cref="ColumnTime"/>.</summary>
    public ReadOnlySpan<uint> Ends => Column<uint>(layout.Ends);

    /// <summary>Kind, and whether it began a visit, where no session is dropped.</summary>
    public ReadOnlySpan<SessionFlags> Flags => Column<SessionFlags>(layout.Flags);

    /// <summary>Seconds, as the line says.</summary>
    public ReadOnlySpan<uint> Durations => Column<uint>(layout.Durations);

    public ReadOnlySpan<ulong> Bytes => Column<ulong>(layout.Bytes);

    /// <summary>Numbers of the listeners, from 0.</summary>
    public ReadOnlySpan<int> Listeners => Column<int>(layout.Listeners);

    /// <summary>With the ordinal it tells any two sessions apart.</summary>
    public ReadOnlySpan<long> LineHashes => Column<long>(layout.LineHashes);

    public ReadOnlySpan<int> Ordinals => Column<int>(layout.Ordinals);

    /// <summary>All of it, as a file holds it.</summary>
    public ReadOnlyMemory<byte> Memory => memory;

    /// <summary>Codes of a column; of <see cref="TextColumn.EntryMount"/> where no session is dropped.</summary>
    public ReadOnlySpan<int> Codes(TextColumn column) => Column<int>(layout.Codes(column));

    private ReadOnlySpan<T> Column<T>(int place)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(memory.Span[place..])[..Rows];
}
