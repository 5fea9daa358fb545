namespace StatsGraph.Lake;

/// <summary>What a log line is. Decided by the line and the configuration alone, never by other lines.</summary>
public enum LineClass
{
    /// <summary>A session of a person who listened: the only class that counts in figures unless a query asks otherwise.</summary>
    Listener,

    /// <summary>Another streaming server that repeats the stream; its audience is in its own log.</summary>
    Relay,

    /// <summary>A monitor, crawler or script that a maintained list names.</summary>
    Bot,

    /// <summary>The station's own encoder.</summary>
    Source,

    /// <summary>Statistics and administration.</summary>
    Admin,

    /// <summary>A request that was refused or redirected.</summary>
    Error,

    /// <summary>A page, playlist, image or other static file.</summary>
    NonStream,

    /// <summary>A player that asked for a few bytes before it opened the real session.</summary>
    Probe,

    /// <summary>A duration that cannot be true.</summary>
    Suspect,

    /// <summary>A line that is no access record; it keeps its reason.</summary>
    Rejected,

    /// <summary>White space only.</summary>
    Blank,
}

/// <summary>The text that the <c>class</c> column of the lake holds for each <see cref="LineClass"/>.</summary>
public static class LineClassNames
{
    private static readonly string[] Texts =
        ["listener", "relay", "bot", "source", "admin", "error", "non_stream", "probe", "suspect", "rejected", "blank"];

    /// <summary>All texts, indexed by the number of their class.</summary>
    public static IReadOnlyList<string> All => Texts;

    /// <summary>The lake's text for a class.</summary>
    public static string Text(this LineClass lineClass) => Texts[(int)lineClass];

    /// <summary>The class that a text of the lake stands for.</summary>
    /// <exception cref="FormatException">The text is none of <see cref="All"/>.</exception>
    public static LineClass Parse(string text)
    {
        var index = Array.IndexOf(Texts, text);
        return index >= 0 ? (LineClass)index
            : throw new FormatException($"'{text}' is no line class; expected one of {string.Join(", ", Texts)}");
    }
}
