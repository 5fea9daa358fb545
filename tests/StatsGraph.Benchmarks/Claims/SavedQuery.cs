using System.Text.RegularExpressions;
using StatsGraph.Benchmarks.Measuring;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>A saved query of the repository that a dashboard opens for a site and a month, and that can be given a filter.</summary>
internal sealed partial class SavedQuery
{
    private const string Filter = "where";

    private SavedQuery(string name, string text) => (Name, Text) = (name, text);

    /// <summary>Name of its file.</summary>
    public string Name { get; }

    /// <summary>The document, with a variable <c>where</c> in it if it is about a report.</summary>
    public string Text { get; }

    /// <summary>All saved queries of one site that need no more than it and a month.</summary>
    public static IReadOnlyList<SavedQuery> All()
        => [.. Directory.EnumerateFiles(Path.Combine(Workbench.Repository(), "queries"), "*.graphql")
            .Order(StringComparer.Ordinal)
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Text: File.ReadAllText(path)))
            .Where(file => Operation().IsMatch(file.Text))
            .Select(file => new SavedQuery(file.Name, Filtered(file.Text)))
            .Where(query => Required().Matches(query.Text).All(variable => variable.Groups[1].Value is "site" or "month"))];

    /// <summary>Its variables.</summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="month">The month, such as 2025-10.</param>
    /// <param name="filter">A filter of sessions, or null.</param>
    public Dictionary<string, object?> Variables(string site, string month, object? filter)
    {
        var all = new Dictionary<string, object?> { ["site"] = site, ["month"] = month, [Filter] = filter };
        return all.Where(variable => Text.Contains($"${variable.Key}:", StringComparison.Ordinal)).ToDictionary();
    }

    private static string Filtered(string text)
    {
        if (text.Contains("$where:", StringComparison.Ordinal) || !Report().IsMatch(text))
            return text;
        // The filter takes the place of the flat variables that some have.
        var free = Flat().Replace(text, "");
        return Operation().Replace(Report().Replace(free, "report(period: { month: $$month }, where: $$where"), "$0, $$where: SessionFilterInput");
    }

    /// <summary>A variable that has to be given.</summary>
    [GeneratedRegex(@"\$(\w+):\s*\w+!(?!\s*=)")]
    private static partial Regex Required();

    /// <summary>Variables that narrow a report.</summary>
    [GeneratedRegex(@", \$(country|mount): String\b")]
    private static partial Regex Flat();

    /// <summary>The period of the report, and what narrows it.</summary>
    [GeneratedRegex(@"report\(period: \{ month: \$month \}(, where: \{[^()]*\})?")]
    private static partial Regex Report();

    /// <summary>The first variable of the operation.</summary>
    [GeneratedRegex(@"\$site: String!")]
    private static partial Regex Operation();
}
