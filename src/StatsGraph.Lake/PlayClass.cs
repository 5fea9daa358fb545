namespace StatsGraph.Lake;

/// <summary>What a row of a playlist is. Decided by the row alone, never by others.</summary>
public enum PlayClass
{
    /// <summary>A recording was played.</summary>
    Play,

    /// <summary>No title was told: the play before it is over, and nothing is known of what came.</summary>
    Break,

    /// <summary>A row that tells no play; it keeps its reason.</summary>
    Rejected,
}

/// <summary>The text that the <c>class</c> column of the table of plays holds for each <see cref="PlayClass"/>.</summary>
public static class PlayClassNames
{
    private static readonly string[] Texts = ["play", "break", "rejected"];

    /// <summary>All texts, indexed by the number of their class.</summary>
    public static IReadOnlyList<string> All => Texts;

    /// <summary>The table's text for a class.</summary>
    public static string Text(this PlayClass playClass) => Texts[(int)playClass];

    /// <summary>The class that a text of the table stands for.</summary>
    /// <exception cref="FormatException">The text is none of <see cref="All"/>.</exception>
    public static PlayClass Parse(string text)
    {
        var index = Array.IndexOf(Texts, text);
        return index >= 0 ? (PlayClass)index
            : throw new FormatException($"'{text}' is no class of plays; expected one of {string.Join(", ", Texts)}");
    }
}
