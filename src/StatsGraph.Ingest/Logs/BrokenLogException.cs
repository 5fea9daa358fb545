namespace StatsGraph.Ingest.Logs;

/// <summary>A log cannot be read on. What was read before stays; the message says what is wrong without naming the log.</summary>
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
