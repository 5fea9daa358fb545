namespace StatsGraph.Compliance;

/// <summary>
/// A profile, a channel, a period or an issued report is not what it has to be. The message is one line that names the file or the value and what
/// was expected.
/// </summary>
public sealed class ComplianceException : Exception
{
    /// <inheritdoc/>
    public ComplianceException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ComplianceException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
