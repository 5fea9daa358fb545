namespace StatsGraph.Ingest.Sessions;

/// <summary>Rows that are being collected for one batch of the lake.</summary>
internal sealed class LineRows
{
    private readonly List<string> excerpts = [];
    private LineRow[] rows = [];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The rows, in the order they were added.</summary>
    public ReadOnlySpan<LineRow> Rows => rows.AsSpan(0, Count);

    /// <summary>Excerpts of the rejected rows, in their order.</summary>
    public IReadOnlyList<string> Excerpts => excerpts;

    /// <summary>Adds a row.</summary>
    public void Add(in LineRow row)
    {
        if (Count == rows.Length)
            Array.Resize(ref rows, Math.Max(1024, rows.Length * 2));
        rows[Count++] = row;
    }

    /// <summary>Adds a rejected row.</summary>
    public void AddRejected(in LineRow row, string excerpt)
    {
        Add(row);
        excerpts.Add(excerpt);
    }

    /// <summary>Forgets all rows but keeps their room.</summary>
    public void Clear()
    {
        Count = 0;
        excerpts.Clear();
    }
}
