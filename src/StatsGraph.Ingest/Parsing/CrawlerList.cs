using System.Text;
using System.Text.Json;

namespace StatsGraph.Ingest.Parsing;

/// <summary>
/// The maintained list of crawlers (npm crawler-user-agents), which names bots and never guesses. Nearly all of its patterns are
/// plain texts, which can be searched for all at once.
/// </summary>
/// <param name="Names">Texts that name a bot wherever they stand.</param>
/// <param name="Pattern">The patterns that are more than a text, as one regular expression.</param>
internal sealed record CrawlerList(IReadOnlyList<string> Names, string Pattern)
{
    private const string Resource = "crawler-user-agents.json";
    private const string Special = "[](){}*+?^$|.";

    /// <summary>Reads the list that is built into the product.</summary>
    public static CrawlerList Load()
    {
        using var stream = typeof(CrawlerList).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the resource {Resource} is missing from {typeof(CrawlerList).Assembly.GetName().Name}");
        using var list = JsonDocument.Parse(stream);
        return From(list.RootElement.EnumerateArray().Select(crawler => crawler.GetProperty("pattern").GetString()!));
    }

    /// <summary>Parts the patterns that are plain texts from the others.</summary>
    public static CrawlerList From(IEnumerable<string> patterns)
    {
        var names = new List<string>();
        var others = new List<string>();
        foreach (var pattern in patterns)
        {
            if (PlainText(pattern) is { } text)
                names.Add(text);
            else
                others.Add($"(?:{pattern})");
        }

        return new CrawlerList(names, string.Join('|', others));
    }

    /// <summary>The text that a pattern stands for; null when it stands for more than one.</summary>
    private static string? PlainText(string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        for (var index = 0; index < pattern.Length; index++)
        {
            var character = pattern[index];
            if (Special.Contains(character))
                return null;
            if (character == '\\')
            {
                if (++index == pattern.Length || char.IsLetterOrDigit(pattern[index]))
                    return null;
                character = pattern[index];
            }

            text.Append(character);
        }

        return text.Length == 0 ? null : text.ToString();
    }
}
