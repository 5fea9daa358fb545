namespace StatsGraph;

/// <summary>What the command tells the shell.</summary>
internal static class ExitStatus
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>Something failed; standard error says what.</summary>
    public const int Failed = 1;

    /// <summary>The command was called wrongly; nothing was done.</summary>
    public const int WrongUsage = 2;
}
