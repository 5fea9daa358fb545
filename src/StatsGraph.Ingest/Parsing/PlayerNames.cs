using System.Text;

namespace StatsGraph.Ingest.Parsing;

/// <summary>
/// Names the player behind a user agent: the first row of <c>players.tsv</c> that fits, else the product that the user agent
/// begins with, when that looks like a name.
/// </summary>
internal static class PlayerNames
{
    private const int LongestName = 40;

    private static readonly Row[] Rows = Load();

    /// <summary>The player's name, or null.</summary>
    public static string? Of(string userAgent)
    {
        foreach (var row in Rows)
        {
            if (row.Fits(userAgent))
                return row.Name;
        }

        return Product(userAgent);
    }

    private static string? Product(string userAgent)
    {
        var end = userAgent.AsSpan().IndexOfAny('/', ' ', '\t');
        var product = end < 0 ? userAgent : userAgent[..end];
        return LooksLikeName(product) ? product : null;
    }

    /// <summary>A name begins with a letter and is mostly letters; hashes, addresses and other tokens are none.</summary>
    private static bool LooksLikeName(string product)
    {
        if (product.Length is < 2 or > LongestName || !char.IsLetter(product[0]) || product == "Mozilla")
            return false;
        var letters = 0;
        foreach (var character in product)
        {
            if (char.IsLetter(character))
                letters++;
            else if (!char.IsAsciiDigit(character) && character is not ('.' or '-' or '_' or '+' or '!' or '&' or '\''))
                return false;
        }

        return letters * 2 >= product.Length;
    }

    private static Row[] Load()
    {
        using var stream = typeof(PlayerNames).Assembly.GetManifestResourceStream("players.tsv")
            ?? throw new InvalidOperationException("the resource players.tsv is missing");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var rows = new List<Row>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var fields = line.Split('\t');
                rows.Add(new Row(fields[0] == "begins", fields[1].Split('*'), fields[2]));
            }
        }

        return [.. rows];
    }

    private sealed record Row(bool AtStart, string[] Texts, string Name)
    {
        public bool Fits(ReadOnlySpan<char> userAgent)
        {
            if (AtStart && !userAgent.StartsWith(Texts[0], StringComparison.OrdinalIgnoreCase))
                return false;
            foreach (var text in Texts)
            {
                var at = userAgent.IndexOf(text, StringComparison.OrdinalIgnoreCase);
                if (at < 0)
                    return false;
                userAgent = userAgent[(at + text.Length)..];
            }

            return true;
        }
    }
}
