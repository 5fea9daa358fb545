namespace StatsGraph.Reports;

/// <summary>Which part of a list is wanted, by the rules of Relay cursor connections.</summary>
public sealed record PageRequest(int? First = null, string? After = null, int? Last = null, string? Before = null)
{
    /// <summary>Rows of a page when neither first nor last is given.</summary>
    public const int DefaultSize = 10;

    /// <summary>Rows of the largest page.</summary>
    public const int MaximumSize = 1_000;
}

/// <summary>A part of a list.</summary>
/// <param name="Edges">Its rows, each with its cursor.</param>
/// <param name="HasPrevious">Whether rows come before it.</param>
/// <param name="HasNext">Whether rows come after it.</param>
/// <param name="TotalCount">Rows of the whole list.</param>
public sealed record Page<T>(IReadOnlyList<Edge<T>> Edges, bool HasPrevious, bool HasNext, long TotalCount);

/// <summary>A row of a list and the cursor that paging goes on from.</summary>
public sealed record Edge<T>(string Cursor, T Node);
