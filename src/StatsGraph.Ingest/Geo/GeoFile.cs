using System.Globalization;
using System.Net;
using MaxMind.Db;

namespace StatsGraph.Ingest.Geo;

/// <summary>
/// A file in MaxMind's format. Reads nested records (GeoLite2 and GeoIP2: City, Country, Enterprise, ASN, ISP) and flat ones
/// (<c>country_code</c>, <c>state1</c>, <c>city</c>, ...).
/// </summary>
internal sealed class GeoFile : IDisposable
{
    private readonly string path;
    private readonly Reader reader;

    /// <summary>Opens a file into memory.</summary>
    /// <exception cref="IngestException">The file is missing, unreadable or no MaxMind database.</exception>
    public GeoFile(string path)
    {
        this.path = path;
        try
        {
            reader = new Reader(path, FileAccessMode.MemoryMapped);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IngestException($"the geolocation file '{path}' cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw new IngestException($"'{path}' is no MaxMind database: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    /// <summary>What the file knows of an address, and how many leading bits of the address that answer holds for.</summary>
    /// <exception cref="IngestException">The file is damaged.</exception>
    public Place Find(IPAddress address, out int prefixLength)
    {
        try
        {
            var record = reader.Find<Dictionary<string, object>>(address, out prefixLength);
            return record is null ? Place.Unknown : Read(record);
        }
        catch (ArgumentException) when (reader.Metadata.IPVersion == 4)
        {
            // A file of IPv4 networks knows nothing of IPv6.
            prefixLength = 0;
            return Place.Unknown;
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw new IngestException($"the geolocation file '{path}' is damaged: looking {address} up failed: {exception.Message}", exception);
        }
    }

    private static bool IsMalformed(Exception exception)
        => exception is InvalidDatabaseException or DeserializationException or ArgumentException or InvalidOperationException
            or OverflowException or IndexOutOfRangeException;

    private static Place Read(Dictionary<string, object> record)
    {
        var country = CountryOf(record);
        var location = Map(record, "location") ?? record;
        var (latitude, longitude) = (Number(location, "latitude"), Number(location, "longitude"));
        var hasCoordinates = latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180;
        var traits = Map(record, "traits") ?? record;
        return new Place
        {
            Country = country,
            Continent = country is null ? null : Text(Map(record, "continent"), "code") ?? Continents.Of(country),
            Region = RegionOf(record),
            City = EnglishName(Map(record, "city")) ?? Text(record, "city"),
            Latitude = hasCoordinates ? latitude : null,
            Longitude = hasCoordinates ? longitude : null,
            Asn = AsnOf(record) ?? AsnOf(traits),
            Network = NetworkOf(record) ?? NetworkOf(traits),
        };
    }

    private static string? CountryOf(Dictionary<string, object> record)
    {
        var code = Text(Map(record, "country"), "iso_code") ?? Text(record, "country_code") ?? Text(record, "country");
        code = code?.ToUpperInvariant();
        return code is not null && Continents.Of(code) is not null ? code : null;
    }

    private static string? RegionOf(Dictionary<string, object> record)
        => record.GetValueOrDefault("subdivisions") is List<object> { Count: > 0 } subdivisions
            ? EnglishName(subdivisions[0] as Dictionary<string, object>)
            : Text(record, "state1") ?? Text(record, "region");

    private static long? AsnOf(Dictionary<string, object> record)
        => Number(record, "autonomous_system_number") is { } number and >= 1 and <= uint.MaxValue ? (long)number : null;

    private static string? NetworkOf(Dictionary<string, object> record) => Text(record, "autonomous_system_organization");

    private static Dictionary<string, object>? Map(Dictionary<string, object> record, string key)
        => record.GetValueOrDefault(key) as Dictionary<string, object>;

    private static string? EnglishName(Dictionary<string, object>? entity) => entity is null ? null : Text(Map(entity, "names"), "en");

    private static string? Text(Dictionary<string, object>? record, string key)
        => record?.GetValueOrDefault(key) is string { Length: > 0 } text ? text : null;

    private static double? Number(Dictionary<string, object> record, string key) => record.GetValueOrDefault(key) switch
    {
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        IConvertible number and not bool => number.ToDouble(CultureInfo.InvariantCulture),
        _ => null,
    };
}
