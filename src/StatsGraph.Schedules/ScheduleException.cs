namespace StatsGraph.Schedules;

/// <summary>
/// A schedule, or something that it needs, is not what it has to be, or a delivery did not succeed. The message is one line that names the thing and
/// what was expected, and holds no secret.
/// </summary>
public sealed class ScheduleException : Exception
{
    /// <inheritdoc/>
    public ScheduleException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ScheduleException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
