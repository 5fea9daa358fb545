namespace StatsGraph.Reports.Columns.Disk;

/// <summary>What lies in a site's folder of columns cannot be used; the message says why. It is made again from the lake.</summary>
internal sealed class UnusableColumnsException : Exception
{
    /// <inheritdoc/>
    public UnusableColumnsException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public UnusableColumnsException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
