using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL.Types;
using StatsGraph.Compliance;
using StatsGraph.Server.Documents;

namespace StatsGraph.Server.Schedules;

/// <summary>Makes the variables of a saved document out of the texts of a schedule.</summary>
internal static class QueryVariables
{
    /// <summary>Variables that a schedule need not name, and what they stand for.</summary>
    private static readonly IReadOnlyList<(string Name, string Text)> Implied = [("site", "{site}"), ("month", "{period}"), ("from", "{from}"), ("to", "{to}")];

    /// <summary>
    /// The variables as a JSON object: each text as its type has it, with the site and the period filled in. The document's variables <c>site</c>,
    /// <c>month</c>, <c>from</c> and <c>to</c> need no text.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="texts">The texts by name of the variable.</param>
    /// <param name="site">Key of the site; null for none.</param>
    /// <param name="period">The period.</param>
    /// <exception cref="FormatException">A variable is unknown or a text is not of its type; the message is a complaint without a name.</exception>
    public static JsonObject Of(SavedDocument document, IReadOnlyDictionary<string, string> texts, string? site, CompliancePeriod period)
    {
        var variables = document.Variables("");
        if (texts.Keys.FirstOrDefault(name => variables.All(variable => variable.Name != name)) is { } unknown)
        {
            throw new FormatException(
                $"the document '{document.Name}' has no variable '{unknown}'; expected {string.Join(", ", variables.Select(known => $"{known.Name} ({known.Declaration})"))}");
        }

        var values = new JsonObject();
        foreach (var variable in variables)
        {
            if ((texts.GetValueOrDefault(variable.Name) ?? ImpliedText(variable.Name, site)) is { } text)
                values[variable.Name] = Value(variable, Filled(text, site, period));
        }

        return values;
    }

    private static string? ImpliedText(string name, string? site)
        => Implied.FirstOrDefault(implied => implied.Name == name && (implied.Text != "{site}" || site is not null)).Text;

    private static string Filled(string text, string? site, CompliancePeriod period) => text
        .Replace("{site}", site ?? "", StringComparison.Ordinal)
        .Replace("{period}", period.Name, StringComparison.Ordinal)
        .Replace("{from}", NodaTime.Text.LocalDatePattern.Iso.Format(period.From), StringComparison.Ordinal)
        .Replace("{to}", NodaTime.Text.LocalDatePattern.Iso.Format(period.To), StringComparison.Ordinal);

    /// <summary>A text as JSON has it for a type. What texts may say, those of enums and dates too, is GraphQL's to judge.</summary>
    private static JsonNode? Value(SavedVariable variable, string text)
    {
        try
        {
            return variable.Type switch
            {
                "Int" or "Long" => JsonValue.Create(long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
                "Float" => JsonValue.Create(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
                "Boolean" => JsonValue.Create(bool.Parse(text)),
                _ when variable.Type.Length > 0 && StatsGraphSchema.Instance.AllTypes[variable.Type] is ScalarGraphType or EnumerationGraphType => JsonValue.Create(text),
                _ => JsonNode.Parse(text),
            };
        }
        catch (Exception invalid) when (invalid is FormatException or OverflowException or JsonException)
        {
            throw new FormatException($"the variable '{variable.Name}' is of type {variable.Declaration}; '{text}' is none", invalid);
        }
    }
}
