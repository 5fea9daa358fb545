namespace StatsGraph.Terminal;

/// <summary>What goes wrong, as it is told on standard error: one line that says who speaks.</summary>
internal static class ErrorLine
{
    /// <summary>The line, without a newline at its end; those within the message become blanks.</summary>
    public static string Of(string message)
        => "statsgraph: " + string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
