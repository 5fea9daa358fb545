namespace StatsGraph.Reports;

/// <summary>Facts about a country for maps and tables.</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Name">Short English name.</param>
/// <param name="Continent">AF, AN, AS, EU, NA, OC or SA.</param>
/// <param name="Latitude">Degrees north of a point well inside.</param>
/// <param name="Longitude">Degrees east of a point well inside.</param>
public sealed record Country(string Code, string Name, string Continent, double Latitude, double Longitude);

/// <summary>The countries of ISO 3166-1.</summary>
public static class Countries
{
    /// <summary>The country of a code, or null when ISO has none.</summary>
    public static Country? Find(string? code) => throw new NotImplementedException(code);
}

/// <summary>Where a listener came from.</summary>
public enum ReferrerKind
{
    Direct,
    Search,
    Social,
    Website,
}

/// <summary>Tells search engines and social networks from other web sites.</summary>
public static class Referrers
{
    /// <summary>Kind of a referrer's host; null is direct.</summary>
    public static ReferrerKind Kind(string? host) => throw new NotImplementedException(host);
}
