namespace StatsGraph.Terminal;

/// <summary>What goes wrong, as it is told on standard error: one line that says who speaks.</summary>
internal static class ErrorLine
{
    private const string Speaker = "statsgraph: ";

    /// <summary>The line, without a newline at its end; those within the message become blanks.</summary>
    public static string Of(string message)
        => Speaker + string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>The message of a line.</summary>
    public static string MessageOf(string line) => line.StartsWith(Speaker, StringComparison.Ordinal) ? line[Speaker.Length..] : line;
}
