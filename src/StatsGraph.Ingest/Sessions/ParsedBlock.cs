using System.Runtime.CompilerServices;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// What the lines of a block became, in their order. Rows stay where they were made until they are committed, which may be by
/// two pieces: whoever needs the block retains it, and the last to release it gives it back for the lines of another block.
/// </summary>
/// <param name="capacity">Lines that there is room for at first.</param>
/// <param name="giveBack">Takes the block back.</param>
internal sealed class ParsedBlock(int capacity, Action<ParsedBlock>? giveBack = null)
{
    /// <summary>Bytes that an object and a reference to it take, about.</summary>
    private const int ObjectBytes = 64;

    private readonly List<string> excerpts = [];
    private LineRow[] rows = GC.AllocateUninitializedArray<LineRow>(capacity);
    private int holders;

    /// <summary>Number of lines.</summary>
    public int Count { get; private set; }

    /// <summary>What the rows have numbers of.</summary>
    public LineFacts Facts { get; set; }

    /// <summary>The lines.</summary>
    public ReadOnlySpan<LineRow> Rows => rows.AsSpan(0, Count);

    /// <summary>A line. Its ordinal is set by whoever knows the lines before it.</summary>
    public ref LineRow this[int index] => ref rows[index];

    /// <summary>Masked beginnings of the rejected lines, in their order.</summary>
    public IReadOnlyList<string> Excerpts => excerpts;

    /// <summary>Bytes of memory that the texts of these lines take that no line before had, about.</summary>
    public long TextBytes { get; set; }

    /// <summary>Makes room for one more line; all of its fields are unset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref LineRow Add()
    {
        if (Count == rows.Length)
            Array.Resize(ref rows, rows.Length * 2);
        ref var row = ref rows[Count++];
        row = default;
        return ref row;
    }

    /// <summary>Adds the excerpt of the line that was rejected last.</summary>
    public void AddExcerpt(string excerpt)
    {
        excerpts.Add(excerpt);
        TextBytes += (2 * excerpt.Length) + ObjectBytes;
    }

    /// <summary>Keeps the block until it is released once more.</summary>
    public void Retain() => Interlocked.Increment(ref holders);

    /// <summary>Says that the block is no longer needed by one of those who retained it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref holders) > 0)
            return;
        Count = 0;
        TextBytes = 0;
        Facts = default;
        excerpts.Clear();
        giveBack?.Invoke(this);
    }
}
