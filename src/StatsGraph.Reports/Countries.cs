using System.Collections.Frozen;
using System.Globalization;

namespace StatsGraph.Reports;

/// <summary>Facts about a country for maps and tables.</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Name">Short English name.</param>
/// <param name="Continent">AF, AN, AS, EU, NA, OC or SA.</param>
/// <param name="Latitude">Degrees north of a point well inside.</param>
/// <param name="Longitude">Degrees east of a point well inside.</param>
public sealed record Country(string Code, string Name, string Continent, double Latitude, double Longitude);

/// <summary>The countries of ISO 3166-1, and Kosovo under the code XK.</summary>
public static class Countries
{
    private static readonly FrozenDictionary<string, Country> ByCode = Read().ToFrozenDictionary(country => country.Code);

    /// <summary>The country of a code, or null when ISO has none.</summary>
    public static Country? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    private static IEnumerable<Country> Read()
    {
        using var stream = typeof(Countries).Assembly.GetManifestResourceStream("Countries.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(';');
            yield return new Country(
                fields[0],
                fields[1],
                fields[2],
                double.Parse(fields[3], CultureInfo.InvariantCulture),
                double.Parse(fields[4], CultureInfo.InvariantCulture));
        }
    }
}
