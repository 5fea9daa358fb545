namespace StatsGraph.Ingest.Logs;

/// <summary>A log cannot be read on. The message says what is wrong without naming the log, and nothing of what becomes of what was read before.</summary>
internal sealed class BrokenLogException : Exception
{
    /// <inheritdoc/>
    public BrokenLogException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public BrokenLogException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
