using System.Text.RegularExpressions;

namespace StatsGraph.Ingest;

/// <summary>The key that a site has in the lake, on the command line and in the API.</summary>
public static partial class SiteKey
{
    /// <summary>What a key may look like, in words.</summary>
    public const string Expectation = "1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit";

    /// <summary>Whether a text can be a site's key.</summary>
    public static bool IsValid(string text) => Pattern().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex Pattern();
}
