namespace StatsGraph.Ingest.Geo;

/// <summary>Where an address is and whose network it belongs to, as far as the geolocation files know.</summary>
internal sealed record Place
{
    /// <summary>Nothing is known.</summary>
    public static readonly Place Unknown = new();

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>AF, AN, AS, EU, NA, OC or SA.</summary>
    public string? Continent { get; init; }

    /// <summary>English name of the largest subdivision.</summary>
    public string? Region { get; init; }

    /// <summary>English name of the city.</summary>
    public string? City { get; init; }

    /// <summary>Degrees north; known together with <see cref="Longitude"/> or not at all.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east.</summary>
    public double? Longitude { get; init; }

    /// <summary>Number of the autonomous system.</summary>
    public long? Asn { get; init; }

    /// <summary>Organisation that runs the autonomous system.</summary>
    public string? Network { get; init; }

    /// <summary>A place as a file tells it; what cannot be is unknown.</summary>
    public static Place Of(
        string? country, string? continent, string? region, string? city, double? latitude, double? longitude, long? asn, string? network)
    {
        var code = country?.ToUpperInvariant();
        var known = code is null ? null : Continents.Of(code);
        var hasCoordinates = latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180;
        return new Place
        {
            Country = known is null ? null : code,
            Continent = known is null ? null : OrNull(continent) ?? known,
            Region = OrNull(region),
            City = OrNull(city),
            Latitude = hasCoordinates ? latitude : null,
            Longitude = hasCoordinates ? longitude : null,
            Asn = asn is >= 1 and <= uint.MaxValue ? asn : null,
            Network = OrNull(network),
        };
    }

    /// <summary>Whether region, city or coordinates are known.</summary>
    public bool HasDetail => Region is not null || City is not null || Latitude is not null;

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
