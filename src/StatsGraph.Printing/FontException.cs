namespace StatsGraph.Printing;

/// <summary>A font that was named cannot be used; the message names the file and what was expected.</summary>
public sealed class FontException : Exception
{
    /// <inheritdoc/>
    public FontException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public FontException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
