namespace StatsGraph;

/// <summary>Ends the command with one line on standard error. The message names the file, the line or the option.</summary>
internal sealed class CommandException : Exception
{
    private CommandException(int exitStatus, string message, Exception? inner)
        : base(message, inner) => ExitStatus = exitStatus;

    /// <summary>One of <see cref="StatsGraph.ExitStatus"/>.</summary>
    public int ExitStatus { get; }

    /// <summary>Something could not be done.</summary>
    public static CommandException Failed(string message, Exception? inner = null)
        => new(StatsGraph.ExitStatus.Failed, message, inner);

    /// <summary>The command line asks for something that does not exist.</summary>
    public static CommandException WrongUsage(string message, Exception? inner = null)
        => new(StatsGraph.ExitStatus.WrongUsage, message, inner);
}
