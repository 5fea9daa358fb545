using System.Collections.Concurrent;

namespace StatsGraph.Reports.Engine;

/// <summary>The fixed SQL texts of this room: each is a .sql file beside the code that runs it.</summary>
internal static class SqlText
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>The text of a file, named by folder and name, for example <c>Figures/Totals</c>.</summary>
    public static string Load(string name) => Texts.GetOrAdd(name, static name =>
    {
        var resource = $"StatsGraph.Reports.{name.Replace('/', '.')}.sql";
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The SQL text '{resource}' is not embedded in {typeof(SqlText).Assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>Puts a fragment into the place that a text marks with <c>{{name}}</c>.</summary>
    public static string With(this string text, string name, string fragment)
    {
        var marker = "{{" + name + "}}";
        return text.Contains(marker, StringComparison.Ordinal)
            ? text.Replace(marker, fragment, StringComparison.Ordinal)
            : throw new InvalidOperationException($"The SQL text has no place for '{marker}'.");
    }
}
