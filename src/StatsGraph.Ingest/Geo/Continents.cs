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
        using var stream = typeof(Continents).Assembly.GetManifestResourceStream("Countries.csv")
            ?? throw new InvalidOperationException("the resource Countries.csv is missing");
        using var reader = new StreamReader(stream);
        var continents = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(';');
            continents.Add(fields[0], fields[2]);
        }

        return continents.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
