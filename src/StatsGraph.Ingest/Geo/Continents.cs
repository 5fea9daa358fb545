using System.Collections.Frozen;

namespace StatsGraph.Ingest.Geo;

/// <summary>The countries there are and the continent each belongs to.</summary>
internal static class Continents
{
    private static readonly FrozenDictionary<string, string> ByCountry = Load();

    /// <summary>The continent of a country; null when there is no country of that code.</summary>
    public static string? Of(string country) => ByCountry.GetValueOrDefault(country);

    private static FrozenDictionary<string, string> Load()
    {
        using var stream = typeof(Continents).Assembly.GetManifestResourceStream("continents.tsv")
            ?? throw new InvalidOperationException("the resource continents.tsv is missing");
        using var reader = new StreamReader(stream);
        var continents = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is [var continent, var countries])
            {
                foreach (var country in countries.Split(' '))
                    continents.Add(country, continent);
            }
        }

        return continents.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
