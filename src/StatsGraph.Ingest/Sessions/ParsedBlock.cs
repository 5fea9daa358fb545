namespace StatsGraph.Ingest.Sessions;

/// <summary>What the lines of a block became, in their order. Reused from block to block.</summary>
internal sealed class ParsedBlock
{
    /// <summary>Bytes that an object and a reference to it take, about.</summary>
    private const int ObjectBytes = 64;

    private readonly List<string> excerpts = [];
    private LineRow[] rows = new LineRow[8192];

    /// <summary>Number of lines.</summary>
    public int Count { get; private set; }

    /// <summary>A line. Its ordinal is not known yet.</summary>
    public ref LineRow this[int index] => ref rows[index];

    /// <summary>Masked beginnings of the rejected lines, in their order.</summary>
    public IReadOnlyList<string> Excerpts => excerpts;

    /// <summary>Bytes of memory that the texts of these lines take that no line before had, about.</summary>
    public long TextBytes { get; set; }

    /// <summary>Makes room for one more line; all of its fields are unset.</summary>
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

    /// <summary>Forgets all lines but keeps their room.</summary>
    public void Clear()
    {
        Count = 0;
        TextBytes = 0;
        excerpts.Clear();
    }
}
