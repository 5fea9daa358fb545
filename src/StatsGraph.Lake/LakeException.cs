namespace StatsGraph.Lake;

/// <summary>The lake or its key cannot be read or written; the message names the file and what was expected.</summary>
public sealed class LakeException : Exception
{
    /// <inheritdoc/>
    public LakeException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public LakeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
