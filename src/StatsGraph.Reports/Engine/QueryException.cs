namespace StatsGraph.Reports;

/// <summary>The query engine failed: a file of the lake is missing or damaged, or memory or disk ran out. The message says what.</summary>
public sealed class QueryException : Exception
{
    /// <inheritdoc/>
    public QueryException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
